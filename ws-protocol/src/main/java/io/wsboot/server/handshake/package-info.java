/**
 * The decision about an opening handshake: endpoint, origin, limits, interceptors,
 * handler, and the answer (RFC 6455 §4.2). Imports {@code session}, {@code endpoint},
 * {@code inbound}, {@code admission}, {@code config}, {@code loop}, {@code spi}, {@code
 * address}, {@code io.wsboot.protocol} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.handshake;

import org.jspecify.annotations.NullMarked;
