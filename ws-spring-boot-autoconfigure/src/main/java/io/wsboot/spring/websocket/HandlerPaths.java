package io.wsboot.spring.websocket;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.wsboot.spring.context.RoutedPaths;

import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/**
 * The paths of WebSocket handlers in mappings of Spring MVC.
 *
 * @param mappings returns the mappings; none if the web server's port is not shared
 */
public record HandlerPaths(Supplier<Stream<? extends AbstractUrlHandlerMapping>> mappings) implements RoutedPaths {

	@Override
	public Collection<String> paths() {
		return this.mappings.get().map(HandlerPaths::paths).flatMap(List::stream).toList();
	}

	private static List<String> paths(AbstractUrlHandlerMapping mapping) {
		return mapping.getHandlerMap()
			.entrySet()
			.stream()
			.filter((entry) -> isForWebSocket(entry.getValue()))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static boolean isForWebSocket(Object handler) {
		return handler instanceof WebSocketHttpRequestHandler || handler instanceof SockJsHttpRequestHandler;
	}

}
