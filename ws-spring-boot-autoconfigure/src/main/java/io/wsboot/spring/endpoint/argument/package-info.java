/**
 * Where the value of each parameter of a callback comes from: the session, the handshake,
 * or the message. Imports {@link io.wsboot}, {@link io.wsboot.spring.annotation} and the
 * packages {@code method}, {@code validation} and {@code convert} beside this one.
 */
@NullMarked
package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.NullMarked;
