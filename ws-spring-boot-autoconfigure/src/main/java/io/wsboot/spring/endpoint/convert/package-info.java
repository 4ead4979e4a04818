/**
 * Reads payloads from messages and writes messages of payloads, as JSON or with
 * converters of the application. Imports {@link io.wsboot},
 * {@link io.wsboot.spring.annotation} and {@link io.wsboot.spring.endpoint.method}; one
 * class needs Jackson, which is optional.
 */
@NullMarked
package io.wsboot.spring.endpoint.convert;

import org.jspecify.annotations.NullMarked;
