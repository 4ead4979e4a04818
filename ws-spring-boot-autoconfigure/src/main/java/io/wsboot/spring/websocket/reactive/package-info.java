/**
 * Spring's reactive {@code WebSocketHandler} on sessions of the server, with demand in
 * both directions. Imports {@link io.wsboot}, {@link io.wsboot.server.spi} and
 * {@link io.wsboot.spring.reactor}.
 */
@NullMarked
package io.wsboot.spring.websocket.reactive;

import org.jspecify.annotations.NullMarked;
