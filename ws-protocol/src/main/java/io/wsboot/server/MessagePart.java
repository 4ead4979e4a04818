package io.wsboot.server;

/**
 * Part of an incoming message.
 *
 * @param content a {@code String} or a {@code ByteBuffer}
 * @param size payload bytes
 * @param last whether the message ends with it
 */
record MessagePart(Object content, int size, boolean last) {
}
