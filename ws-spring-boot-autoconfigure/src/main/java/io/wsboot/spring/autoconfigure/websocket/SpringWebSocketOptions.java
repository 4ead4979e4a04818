package io.wsboot.spring.autoconfigure.websocket;

import io.wsboot.Execution;

/**
 * The properties {@code ws.server.spring-websocket.*} that are no conditions.
 *
 * @param execution where handlers are called
 */
public record SpringWebSocketOptions(Execution execution) {

}
