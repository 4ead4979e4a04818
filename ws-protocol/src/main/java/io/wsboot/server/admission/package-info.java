/**
 * Who gets in: limits of sockets, sessions and rates, origins, and which proxies are
 * believed. Imports {@code config}, {@code loop}, {@code spi}, {@code address}, {@code
 * io.wsboot.handshake} and {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.admission;

import org.jspecify.annotations.NullMarked;
