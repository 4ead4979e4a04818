/**
 * How objects become messages and messages objects: JSON, and converters of the
 * application. Imports {@link io.wsboot}, {@link io.wsboot.spring.annotation} and
 * {@link io.wsboot.spring.endpoint.method}; Jackson in one class only.
 */
@NullMarked
package io.wsboot.spring.endpoint.convert;

import org.jspecify.annotations.NullMarked;
