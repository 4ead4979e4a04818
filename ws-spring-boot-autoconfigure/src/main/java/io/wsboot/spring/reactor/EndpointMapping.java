package io.wsboot.spring.reactor;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Maps requests for paths of endpoints to the server. There are two mappings: the first
 * one takes opening handshakes, before any controller, unless another mapping has a more
 * specific pattern than the endpoint's template. The second one takes all other requests
 * behind the controllers and before static resources, so that the server tells clients
 * what they have done wrong. A template hides no static resource.
 */
public final class EndpointMapping extends AbstractHandlerMapping {

	/** Before WebFlux's own mappings, of which the first one has the order -1. */
	private static final int FIRST = -50;

	/** Before the mapping of static resources. */
	private static final int LAST = LOWEST_PRECEDENCE - 2;

	private final ReactorUpgrades upgrades;

	private final Predicate<ServerHttpRequest> wanted;

	private final OtherMappings others = new OtherMappings(this::obtainApplicationContext);

	private EndpointMapping(ReactorUpgrades upgrades, int order, Predicate<ServerHttpRequest> wanted) {
		this.upgrades = upgrades;
		this.wanted = wanted;
		setOrder(order);
	}

	/**
	 * Creates the mapping of requests that ask for an upgrade to WebSocket.
	 * @param upgrades serves the requests
	 * @return the mapping
	 */
	public static EndpointMapping ofHandshakes(ReactorUpgrades upgrades) {
		return new EndpointMapping(upgrades, FIRST, EndpointMapping::isHandshake);
	}

	/**
	 * Creates the mapping of all other requests.
	 * @param upgrades serves the requests
	 * @return the mapping
	 */
	public static EndpointMapping ofOtherRequests(ReactorUpgrades upgrades) {
		return new EndpointMapping(upgrades, LAST, (request) -> !isHandshake(request));
	}

	/** RFC 6455 §4.1, item 5. The server examines the rest of the request. */
	private static boolean isHandshake(ServerHttpRequest request) {
		return request.getMethod() == HttpMethod.GET
				&& Arrays.stream(StringUtils.tokenizeToStringArray(request.getHeaders().getUpgrade(), ","))
					.anyMatch("websocket"::equalsIgnoreCase);
	}

	@Override
	protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (!this.wanted.test(request)) {
			return Mono.empty();
		}
		return Mono.justOrEmpty(this.upgrades.find(ExchangeRequest.path(request)))
			.flatMap((endpoint) -> handler(exchange, PathPatternParser.defaultInstance.parse(endpoint)));
	}

	private Mono<WebHandler> handler(ServerWebExchange exchange, PathPattern endpoint) {
		WebHandler answer = answer(endpoint);
		if (!endpoint.hasPatternSyntax()) {
			return Mono.just(answer);
		}
		boolean handshake = isHandshake(exchange.getRequest());
		return this.others.find(exchange)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.filter((other) -> !handshake || other.filter((its) -> its.isMoreSpecificThan(endpoint)).isEmpty())
			.map((other) -> handshake ? answer
					: other.<WebHandler>map((its) -> FileOrAnswer.of(its, answer)).orElse(answer));
	}

	private WebHandler answer(PathPattern endpoint) {
		return (exchange) -> {
			exchange.getAttributes().put(BEST_MATCHING_PATTERN_ATTRIBUTE, endpoint);
			exchange.getAttributes()
				.put(PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE, exchange.getRequest().getPath().pathWithinApplication());
			return this.upgrades.upgrade(exchange);
		};
	}

}
