/**
 * What actuator shows.
 */
@NullMarked
package io.wsboot.spring.actuate;

import org.jspecify.annotations.NullMarked;
