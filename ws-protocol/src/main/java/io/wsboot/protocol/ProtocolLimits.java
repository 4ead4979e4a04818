package io.wsboot.protocol;

/**
 * What one connection may cost. Sizes are bytes.
 *
 * @param maxRequestLine bytes of the request line of the handshake
 * @param maxHeadersSize bytes of its header lines together
 * @param maxHeaders number of its header lines
 * @param maxFrameSize payload of an incoming frame
 * @param maxMessageSize payload of an incoming message
 * @param maxFragments frames of an incoming message
 */
public record ProtocolLimits(int maxRequestLine, int maxHeadersSize, int maxHeaders, int maxFrameSize,
		int maxMessageSize, int maxFragments) {
}
