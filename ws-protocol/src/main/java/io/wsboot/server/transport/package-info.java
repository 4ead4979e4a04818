/**
 * The listening socket and the bytes of each connection's socket: plain or inside TLS,
 * and behind a header of the PROXY protocol. Imports {@code config}, {@code loop}, {@code
 * address} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.transport;

import org.jspecify.annotations.NullMarked;
