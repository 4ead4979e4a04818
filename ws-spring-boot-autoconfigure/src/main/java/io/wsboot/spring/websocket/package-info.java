/**
 * Spring's own WebSocket API on the server's sessions: each {@code WebSocketHandler} of
 * {@code spring-websocket}, and with it STOMP and SockJS, runs on the server without a
 * change. Imports {@link io.wsboot}, {@link io.wsboot.server} and the packages
 * {@code config} and {@code spi} below that, {@link io.wsboot.spring.context} and
 * {@link io.wsboot.spring.servlet}.
 */
@NullMarked
package io.wsboot.spring.websocket;

import org.jspecify.annotations.NullMarked;
