/**
 * What actuator shows of the server: an endpoint, health and info. Imports
 * {@link io.wsboot}, {@link io.wsboot.server} and the packages {@code config} and
 * {@code spi} below that.
 */
@NullMarked
package io.wsboot.spring.actuate;

import org.jspecify.annotations.NullMarked;
