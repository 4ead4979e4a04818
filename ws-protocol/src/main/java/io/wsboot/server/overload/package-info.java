/**
 * The memory of all connections together: its budgets, back pressure, and the choice of
 * connections to close. Imports {@code config}, {@code loop}, {@code spi} and
 * {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.overload;

import org.jspecify.annotations.NullMarked;
