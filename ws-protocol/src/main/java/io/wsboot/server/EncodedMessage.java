package io.wsboot.server;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * A message as it goes on the wire. Read-only, so that one may go to many peers.
 *
 * @param text whether it is text
 * @param size its payload in bytes, before any compression
 * @param bytes all its frames, from 0 to the limit
 * @param frameSize size of each frame but the last, with its header
 * @param key of what it is the newest; null = it never takes the place of another
 */
record EncodedMessage(boolean text, int size, ByteBuffer bytes, long frameSize, @Nullable LatestKey key) {
}
