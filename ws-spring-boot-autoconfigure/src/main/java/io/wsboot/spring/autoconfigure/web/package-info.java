/**
 * Finds the web server whose port is shared, and wires the ways from there to the
 * WebSocket server. Imports the packages of these ways and
 * {@link io.wsboot.spring.context}.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
