/**
 * Tests of what actuator shows of the server.
 */
@NullMarked
package io.wsboot.spring.actuate;

import org.jspecify.annotations.NullMarked;
