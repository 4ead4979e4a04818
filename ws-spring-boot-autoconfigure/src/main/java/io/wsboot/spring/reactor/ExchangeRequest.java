package io.wsboot.spring.reactor;

import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Copies the request of an exchange, with what forwarded headers and web filters have
 * made of the request.
 */
final class ExchangeRequest {

	private ExchangeRequest() {
	}

	/**
	 * Copies a request.
	 * @param exchange the exchange
	 * @param subprotocol the subprotocol that has been chosen; null if the choice is open
	 * @param attributes the attributes of the session
	 * @return the copy, as soon as the principal is known; an error if header fields are
	 * not as HTTP says
	 */
	static Mono<UpgradeRequest> of(ServerWebExchange exchange, @Nullable String subprotocol,
			Map<String, Object> attributes) {
		return exchange.getPrincipal()
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.map((principal) -> copy(exchange.getRequest(), principal.orElse(null), subprotocol, attributes));
	}

	private static UpgradeRequest copy(ServerHttpRequest request, @Nullable Principal principal,
			@Nullable String subprotocol, Map<String, Object> attributes) {
		List<Headers.Field> fields = new ArrayList<>();
		request.getHeaders()
			.forEach((name, values) -> values.forEach((value) -> fields.add(new Headers.Field(name, value.strip()))));
		HandshakeRequest handshake = new HandshakeRequest(path(request), request.getURI().getRawQuery(),
				Headers.of(fields), Map.of(), request.getRemoteAddress());
		return new UpgradeRequest(request.getMethod().name(), protocol(request), handshake, host(request), principal,
				subprotocol, attributes);
	}

	/** The path behind the base path, not decoded. */
	static String path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value();
	}

	private static String protocol(ServerHttpRequest request) {
		HttpServerRequest reactor = ServerHttpRequestDecorator.getNativeRequest(request);
		return reactor.version().text();
	}

	/** The host that the client asked for, as forwarded headers may have told. */
	private static @Nullable String host(ServerHttpRequest request) {
		URI uri = request.getURI();
		if (uri.getHost() == null) {
			return null;
		}
		return (uri.getPort() < 0) ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
	}

}
