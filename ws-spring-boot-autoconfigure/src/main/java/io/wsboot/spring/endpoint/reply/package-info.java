/**
 * What is done with the values that callbacks return: one message, a stream of messages,
 * or nothing. Imports {@link io.wsboot} and the packages {@code method} and
 * {@code convert} beside this one.
 */
@NullMarked
package io.wsboot.spring.endpoint.reply;

import org.jspecify.annotations.NullMarked;
