/**
 * Micrometer meters and observations of the server. Imports {@link io.wsboot},
 * {@link io.wsboot.server} and the packages {@code config} and {@code spi} below that.
 */
@NullMarked
package io.wsboot.spring.metrics;

import org.jspecify.annotations.NullMarked;
