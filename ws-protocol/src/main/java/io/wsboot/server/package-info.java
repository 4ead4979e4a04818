/**
 * The server itself: {@code java.nio} selectors, sockets, TLS, threads, clocks, queues
 * and policies. Of RFC 6455 it has the order in which control frames and messages leave
 * (§5.5), and when a session ends (§7); frames themselves are the protocol's. Imports
 * {@link io.wsboot.protocol} and {@link io.wsboot}; the only package with a logger
 * ({@link java.lang.System.Logger}, name {@code io.wsboot.server}).
 */
@NullMarked
package io.wsboot.server;

import org.jspecify.annotations.NullMarked;
