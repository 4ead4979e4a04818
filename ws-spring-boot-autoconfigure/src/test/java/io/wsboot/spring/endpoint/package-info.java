/**
 * Endpoints against a session that records: no socket, no thread.
 */
@NullMarked
package io.wsboot.spring.endpoint;

import org.jspecify.annotations.NullMarked;
