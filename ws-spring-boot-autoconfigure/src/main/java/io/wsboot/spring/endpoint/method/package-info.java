/**
 * What the class of an endpoint declares: its callback methods, their types and
 * annotations, and how each method is called on a bean. Imports
 * {@link io.wsboot.spring.annotation} and {@link io.wsboot}; Kotlin reflection in one
 * class only.
 */
@NullMarked
package io.wsboot.spring.endpoint.method;

import org.jspecify.annotations.NullMarked;
