package io.wsboot.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What an opening handshake has come to.
 *
 * @param subprotocol what both sides speak; null if that is not said
 * @param compression how outgoing messages may be compressed; null if they may not
 */
public record Agreement(@Nullable String subprotocol, @Nullable Compression compression) {
}
