/**
 * Wires Spring's own WebSocket API to the server, where {@code spring-websocket} is on
 * the class path. Imports {@link io.wsboot}, {@link io.wsboot.server} and the packages
 * {@code config} and {@code spi} below that, {@link io.wsboot.spring.context},
 * {@link io.wsboot.spring.servlet} and {@link io.wsboot.spring.websocket}.
 */
@NullMarked
package io.wsboot.spring.autoconfigure.websocket;

import org.jspecify.annotations.NullMarked;
