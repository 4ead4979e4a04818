package io.wsboot.spring.reactor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The mappings of the application beside ours. They are asked what they would do with a
 * request, as a {@code DispatcherHandler} asks them, and the exchange does not change.
 * Any thread.
 */
final class OtherMappings {

	private final Supplier<List<HandlerMapping>> mappings;

	/**
	 * Finds no mapping yet, as some may need ours.
	 * @param context returns the context of the {@code DispatcherHandler}
	 */
	OtherMappings(Supplier<ApplicationContext> context) {
		this.mappings = SingletonSupplier
			.of(() -> BeanFactoryUtils.beansOfTypeIncludingAncestors(context.get(), HandlerMapping.class, true, false)
				.values()
				.stream()
				.filter((mapping) -> !(mapping instanceof EndpointMapping))
				.sorted(AnnotationAwareOrderComparator.INSTANCE)
				.toList())::obtain;
	}

	/**
	 * Finds the handler that would serve a request without ours.
	 * @param exchange the exchange
	 * @return the first handler; empty if there is none, or if a mapping would refuse the
	 * request, such as for its method: the client learns of that if no endpoint serves
	 * the request
	 */
	Mono<Match> find(ServerWebExchange exchange) {
		return Flux.fromIterable(this.mappings.get()).concatMap((mapping) -> {
			Question question = new Question(exchange);
			return mapping.getHandler(question).map((handler) -> new Match(handler, question.getAttributes()));
		}).next().onErrorComplete();
	}

	/**
	 * What another mapping has found.
	 *
	 * @param handler the handler
	 * @param attributes what the mapping wants the handler to know
	 */
	record Match(Object handler, Map<String, Object> attributes) {

		/** Whether the mapping's pattern says more about the path than another one. */
		boolean isMoreSpecificThan(PathPattern other) {
			return this.attributes.get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
					&& PathPattern.SPECIFICITY_COMPARATOR.compare(pattern, other) < 0;
		}

	}

	/**
	 * An exchange whose attributes do not outlive it. Without {@code Origin}, as WebFlux
	 * answers a request that CORS forbids when the request is mapped.
	 */
	private static final class Question extends ServerWebExchangeDecorator {

		private final Map<String, Object> attributes;

		private final ServerHttpRequest request;

		private final ServerHttpResponse response;

		Question(ServerWebExchange exchange) {
			super(exchange);
			this.attributes = new HashMap<>(exchange.getAttributes());
			this.attributes.remove(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
			this.request = exchange.getRequest()
				.mutate()
				.headers((fields) -> fields.remove(HttpHeaders.ORIGIN))
				.build();
			this.response = new Unanswered(exchange.getResponse());
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.attributes;
		}

		@Override
		public ServerHttpRequest getRequest() {
			return this.request;
		}

		@Override
		public ServerHttpResponse getResponse() {
			return this.response;
		}

	}

	/** A response whose header fields are never sent. */
	private static final class Unanswered extends ServerHttpResponseDecorator {

		private final HttpHeaders headers = new HttpHeaders();

		Unanswered(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
