/**
 * What actuator shows of the server: an endpoint, health and info. Imports
 * {@link io.wsboot} and {@link io.wsboot.server}.
 */
@NullMarked
package io.wsboot.spring.actuate;

import org.jspecify.annotations.NullMarked;
