/**
 * One connection's whole conversation, sans I/O: bytes in, events and bytes out. No
 * socket, clock or thread; imports {@link io.wsboot.frame}, {@link io.wsboot.handshake},
 * {@link io.wsboot.deflate} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.protocol;

import org.jspecify.annotations.NullMarked;
