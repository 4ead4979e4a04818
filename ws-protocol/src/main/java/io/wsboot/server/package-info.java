/**
 * The server itself: {@code java.nio} selectors, sockets, threads, clocks and queues, and
 * nothing of RFC 6455. Imports {@link io.wsboot.protocol} and {@link io.wsboot}; the only
 * package with a logger ({@link java.lang.System.Logger}, name {@code io.wsboot.server}).
 */
@NullMarked
package io.wsboot.server;

import org.jspecify.annotations.NullMarked;
