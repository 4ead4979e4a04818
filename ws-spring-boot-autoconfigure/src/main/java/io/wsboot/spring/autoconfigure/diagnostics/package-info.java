/**
 * Analyzes failures of the start, so that the report says what to change. Imports the
 * exceptions of {@link io.wsboot.server.config},
 * {@link io.wsboot.spring.endpoint.method}, {@link io.wsboot.spring.security} and
 * {@link io.wsboot.spring.context}.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
