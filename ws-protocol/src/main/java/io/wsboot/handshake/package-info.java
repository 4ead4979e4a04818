/**
 * RFC 6455 §4 and RFC 9112: bytes to request, decision to response. No socket, clock or
 * thread; imports {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.handshake;

import org.jspecify.annotations.NullMarked;
