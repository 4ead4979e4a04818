/**
 * One open session, whatever connection carries it, and the sessions of each endpoint.
 * Imports {@code outbound}, {@code endpoint} and what these two may import, but not
 * {@code
 * transport}.
 */
@NullMarked
package io.wsboot.server.session;

import org.jspecify.annotations.NullMarked;
