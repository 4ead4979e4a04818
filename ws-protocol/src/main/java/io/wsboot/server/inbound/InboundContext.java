package io.wsboot.server.inbound;

import java.util.concurrent.Executor;

import io.wsboot.server.overload.InboundPressure;

/**
 * The parts of a server that deliver messages to handlers.
 *
 * @param executor runs handlers of {@link io.wsboot.Execution#WORKER}
 * @param calls calls handlers
 * @param pressure bounds the messages that wait for handlers in all sessions
 */
public record InboundContext(Executor executor, HandlerCalls calls, InboundPressure pressure) {
}
