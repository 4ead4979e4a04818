/**
 * The calls of one session's handler: in order, on the event loop or on workers, with
 * back pressure. Imports {@code overload}, {@code config}, {@code loop}, {@code spi} and
 * {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.inbound;

import org.jspecify.annotations.NullMarked;
