package io.wsboot.protocol;

/**
 * The limits of one connection. Sizes are in bytes.
 *
 * @param maxRequestLine bytes of the request line of the handshake
 * @param maxHeadersSize bytes of all header lines of the handshake together
 * @param maxHeaders number of header lines of the handshake
 * @param maxFrameSize payload of an incoming frame
 * @param maxMessageSize payload of an incoming message
 * @param maxFragments frames of an incoming message
 */
public record ProtocolLimits(int maxRequestLine, int maxHeadersSize, int maxHeaders, int maxFrameSize,
		int maxMessageSize, int maxFragments) {
}
