package io.wsboot.spring.endpoint.argument;

/**
 * The event of an {@code @OnMessage} method that takes messages in parts.
 *
 * @param content a {@code String} or a {@code ByteBuffer}
 * @param last whether the part is the last of its message
 */
public record ReceivedPart(Object content, boolean last) {
}
