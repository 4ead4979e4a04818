/**
 * One connection from accept to close: its socket, its deadlines and its end (RFC 6455
 * §7). Imports every other room but {@code server} itself, {@code io.wsboot.protocol} and
 * {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.connection;

import org.jspecify.annotations.NullMarked;
