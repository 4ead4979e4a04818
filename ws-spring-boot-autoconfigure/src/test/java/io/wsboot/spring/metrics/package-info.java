/**
 * Tests of meters, without a server.
 */
@NullMarked
package io.wsboot.spring.metrics;

import org.jspecify.annotations.NullMarked;
