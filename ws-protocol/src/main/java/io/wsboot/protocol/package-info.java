/**
 * One connection's conversation, sans I/O: bytes in, events and bytes out. Begins with
 * the first byte of the request, or behind a handshake that somebody else has read. Knows
 * no socket, clock or thread. May import {@link io.wsboot.frame},
 * {@link io.wsboot.handshake}, {@link io.wsboot.deflate} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.protocol;

import org.jspecify.annotations.NullMarked;
