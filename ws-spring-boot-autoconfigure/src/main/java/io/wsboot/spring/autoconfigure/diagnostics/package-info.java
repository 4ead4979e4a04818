/**
 * Analyzes failures of the start, so that the report says what to change. Imports the
 * exceptions of {@link io.wsboot.server.config}, {@link io.wsboot.spring.endpoint.method}
 * and {@link io.wsboot.spring.security}.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
