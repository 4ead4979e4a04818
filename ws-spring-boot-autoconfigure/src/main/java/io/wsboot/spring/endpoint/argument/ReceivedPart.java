package io.wsboot.spring.endpoint.argument;

/**
 * What a callback that takes messages in parts is called with.
 *
 * @param content a {@code String} or a {@code ByteBuffer}
 * @param last whether the message ends with it
 */
public record ReceivedPart(Object content, boolean last) {
}
