package io.wsboot.handshake;

/**
 * How much a {@link RequestReader} accepts.
 *
 * @param maxRequestLine bytes of the request line without its CRLF, 1 or more; a longer
 * one is refused with 414
 * @param maxHeadersSize bytes of all header lines with their CRLFs, without the empty
 * line at the end, 1 or more; more are refused with 431
 * @param maxHeaders number of header lines, 1 or more; more are refused with 431
 */
public record HandshakeLimits(int maxRequestLine, int maxHeadersSize, int maxHeaders) {
}
