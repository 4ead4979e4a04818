/**
 * Reads the class of an endpoint: its callback methods, their types and annotations, and
 * how each method is called on a bean. Imports {@link io.wsboot} and
 * {@link io.wsboot.spring.annotation}; one class needs Kotlin's reflection, which is
 * optional.
 */
@NullMarked
package io.wsboot.spring.endpoint.method;

import org.jspecify.annotations.NullMarked;
