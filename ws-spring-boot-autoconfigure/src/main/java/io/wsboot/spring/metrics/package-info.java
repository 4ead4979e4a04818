/**
 * Micrometer meters and observations of the server. Imports {@link io.wsboot} and
 * {@link io.wsboot.server}.
 */
@NullMarked
package io.wsboot.spring.metrics;

import org.jspecify.annotations.NullMarked;
