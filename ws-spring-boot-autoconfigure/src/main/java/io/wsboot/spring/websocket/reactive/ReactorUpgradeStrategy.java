package io.wsboot.spring.websocket.reactive;

import java.util.Map;
import java.util.function.Supplier;

import io.wsboot.EndpointLimits;
import io.wsboot.spring.reactor.ReactorUpgrades;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.adapter.ContextWebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Upgrades requests for Spring's reactive handlers to sessions of the server, while the
 * server shares the port of Reactor Netty. Meters and limits see the sessions under the
 * pattern that the handler is mapped to.
 */
public final class ReactorUpgradeStrategy implements RequestUpgradeStrategy {

	private final ReactorUpgrades upgrades;

	private final RequestUpgradeStrategy otherwise;

	private final HandlerEndpoints endpoints;

	/**
	 * Creates the strategy.
	 * @param upgrades the door to the server
	 * @param otherwise upgrades requests while the port is not shared
	 * @param limits the limits of each session
	 */
	public ReactorUpgradeStrategy(ReactorUpgrades upgrades, RequestUpgradeStrategy otherwise, EndpointLimits limits) {
		this.upgrades = upgrades;
		this.otherwise = otherwise;
		this.endpoints = new HandlerEndpoints(new ReactiveSessions(), limits);
	}

	@Override
	public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subProtocol,
			Supplier<HandshakeInfo> handshakeInfo) {
		if (!this.upgrades.isShared()) {
			return this.otherwise.upgrade(exchange, handler, subProtocol, handshakeInfo);
		}
		return Mono.deferContextual((context) -> {
			ReactiveSessions.Opening opening = new ReactiveSessions.Opening(
					ContextWebSocketHandler.decorate(handler, context), handshakeInfo.get());
			return this.upgrades.upgrade(exchange, subProtocol, Map.of(ReactiveSessions.ATTRIBUTE, opening),
					(server) -> this.endpoints.endpoint(server, pattern(exchange)));
		});
	}

	/** The pattern of the mapping, and nothing that a client chooses. */
	private static String pattern(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern instanceof PathPattern template) ? template.getPatternString() : "/**";
	}

}
