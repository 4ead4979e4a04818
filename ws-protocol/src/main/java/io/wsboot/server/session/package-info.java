/**
 * One open session, whatever connection carries it, and the sessions of each endpoint.
 * Imports {@code topic}, {@code outbound}, {@code endpoint} and what these may import,
 * but not {@code transport}.
 */
@NullMarked
package io.wsboot.server.session;

import org.jspecify.annotations.NullMarked;
