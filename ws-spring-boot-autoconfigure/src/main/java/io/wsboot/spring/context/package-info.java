/**
 * The server's life inside an application context: its start and stop, the events of
 * both, and views of the server that beans can hold before the server runs. Imports
 * {@link io.wsboot}, {@link io.wsboot.server} and the packages {@code config} and
 * {@code spi} below that.
 */
@NullMarked
package io.wsboot.spring.context;

import org.jspecify.annotations.NullMarked;
