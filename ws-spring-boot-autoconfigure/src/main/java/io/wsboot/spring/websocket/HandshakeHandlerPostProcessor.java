package io.wsboot.spring.websocket;

import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.AbstractHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;
import org.springframework.web.socket.sockjs.transport.TransportHandlingSockJsService;

/**
 * Has the server upgrade what the application has registered with Spring: the handshake
 * handlers of all {@link WebSocketHttpRequestHandler}s and SockJS services, be they beans
 * or parts of a handler mapping such as the ones that {@code @EnableWebSocket},
 * {@code @EnableWebSocketMessageBroker} and Spring GraphQL make. A handshake handler with
 * an upgrade strategy of the application's choice stays as it is.
 */
public final class HandshakeHandlerPostProcessor implements InstantiationAwareBeanPostProcessor {

	private static final Log logger = LogFactory.getLog(HandshakeHandlerPostProcessor.class);

	private final Supplier<? extends @Nullable RequestUpgradeStrategy> strategy;

	/**
	 * Creates the post-processor.
	 * @param strategy returns the server's strategy; null if the web server's port is not
	 * shared. Called for each handshake
	 */
	public HandshakeHandlerPostProcessor(Supplier<? extends @Nullable RequestUpgradeStrategy> strategy) {
		this.strategy = strategy;
	}

	/**
	 * Replaces the handlers of a mapping before the mapping registers them, which a
	 * mapping does when it learns of its application context.
	 */
	@Override
	@SuppressWarnings("unchecked")
	public boolean postProcessAfterInstantiation(Object bean, String beanName) {
		if (bean instanceof SimpleUrlHandlerMapping mapping) {
			((Map<String, Object>) mapping.getUrlMap()).replaceAll((path, handler) -> replacement(handler));
		}
		return true;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return replacement(bean);
	}

	private Object replacement(Object handler) {
		if (handler instanceof WebSocketHttpRequestHandler http) {
			return replacement(http);
		}
		if (handler instanceof SockJsHttpRequestHandler http
				&& http.getSockJsService() instanceof TransportHandlingSockJsService service) {
			SockJsTransports.replace(service, this::replacement);
		}
		else if (handler instanceof TransportHandlingSockJsService service) {
			SockJsTransports.replace(service, this::replacement);
		}
		return handler;
	}

	private WebSocketHttpRequestHandler replacement(WebSocketHttpRequestHandler original) {
		HandshakeHandler replaced = replacement(original.getHandshakeHandler());
		if (replaced == original.getHandshakeHandler()) {
			return original;
		}
		if (original.getClass() != WebSocketHttpRequestHandler.class) {
			logger.info("The web server upgrades requests for " + original.getClass().getName()
					+ " itself, as this class may not be replaced");
			return original;
		}
		WebSocketHttpRequestHandler replacement = new WebSocketHttpRequestHandler(original.getWebSocketHandler(),
				replaced) {

			/** The handler is decorated already. */
			@Override
			protected WebSocketHandler decorate(WebSocketHandler handler) {
				return handler;
			}

		};
		replacement.setHandshakeInterceptors(original.getHandshakeInterceptors());
		return replacement;
	}

	private HandshakeHandler replacement(HandshakeHandler original) {
		if (SharedHandshakeHandler.canStandInFor(original)) {
			return new SharedHandshakeHandler((AbstractHandshakeHandler) original, this.strategy);
		}
		if (!isOurs(original)) {
			logger.info("The web server upgrades the requests for which the application has chosen " + original);
		}
		return original;
	}

	private static boolean isOurs(HandshakeHandler handler) {
		return handler instanceof SharedHandshakeHandler || handler instanceof AbstractHandshakeHandler chosen
				&& chosen.getRequestUpgradeStrategy() instanceof EngineUpgradeStrategy;
	}

}
