/**
 * The memory of all connections together: budgets of what waits, and the choice of
 * connections to give up. Imports {@code config}, {@code loop}, {@code spi} and
 * {@link io.wsboot}.
 */
@NullMarked
package io.wsboot.server.overload;

import org.jspecify.annotations.NullMarked;
