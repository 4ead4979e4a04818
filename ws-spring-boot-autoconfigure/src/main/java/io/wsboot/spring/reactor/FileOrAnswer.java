package io.wsboot.spring.reactor;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Serves a static resource if there is one on the path, and else has the server answer.
 *
 * @param files finds static resources
 * @param attributes what the mapping of static resources has found out
 * @param answer the server's answer
 */
record FileOrAnswer(ResourceWebHandler files, Map<String, Object> attributes, WebHandler answer) implements WebHandler {

	/**
	 * Returns a handler for a request.
	 * @param other what another mapping would do with the request
	 * @param answer the server's answer
	 * @return the answer, unless the other mapping looks for static resources
	 */
	static WebHandler of(OtherMappings.Match other, WebHandler answer) {
		return (other.handler() instanceof ResourceWebHandler files)
				? new FileOrAnswer(files, other.attributes(), answer) : answer;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		exchange.getAttributes().putAll(this.attributes);
		return this.files.handle(exchange)
			.onErrorResume(NoResourceFoundException.class, (ex) -> this.answer.handle(exchange));
	}

}
