/**
 * What is done with the return values of callbacks: one message, a stream of messages, or
 * nothing. Imports {@link io.wsboot} and the packages {@code method} and {@code convert}
 * beside this one.
 */
@NullMarked
package io.wsboot.spring.endpoint.reply;

import org.jspecify.annotations.NullMarked;
