package io.wsboot.spring.websocket.reactive;

import java.util.function.Supplier;

import io.wsboot.EndpointLimits;
import io.wsboot.spring.reactor.ReactorUpgrades;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;

/**
 * Gives each adapter of reactive handlers the {@link ReactorUpgradeStrategy} in the place
 * of Reactor Netty's own. Adapters, services and strategies that are the application's
 * own classes stay.
 */
public final class ReactiveHandlerAdapters implements BeanPostProcessor {

	private final Supplier<ReactorUpgrades> upgrades;

	/**
	 * Creates the post-processor.
	 * @param upgrades returns the door to the server
	 */
	public ReactiveHandlerAdapters(Supplier<ReactorUpgrades> upgrades) {
		this.upgrades = upgrades;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean.getClass() == WebSocketHandlerAdapter.class) {
			WebSocketHandlerAdapter adapter = (WebSocketHandlerAdapter) bean;
			if (adapter.getWebSocketService() instanceof HandshakeWebSocketService service
					&& service.getClass() == HandshakeWebSocketService.class
					&& service.getUpgradeStrategy().getClass() == ReactorNettyRequestUpgradeStrategy.class) {
				return replaced(adapter, service, (ReactorNettyRequestUpgradeStrategy) service.getUpgradeStrategy());
			}
		}
		return bean;
	}

	private WebSocketHandlerAdapter replaced(WebSocketHandlerAdapter adapter, HandshakeWebSocketService service,
			ReactorNettyRequestUpgradeStrategy original) {
		HandshakeWebSocketService ours = new HandshakeWebSocketService(
				new ReactorUpgradeStrategy(this.upgrades.get(), original, limits(original)));
		ours.setSessionAttributePredicate(service.getSessionAttributePredicate());
		WebSocketHandlerAdapter replacement = new WebSocketHandlerAdapter(ours);
		replacement.setOrder(adapter.getOrder());
		return replacement;
	}

	/** Reactor Netty's limit for messages, if the application has set one. */
	private static EndpointLimits limits(ReactorNettyRequestUpgradeStrategy original) {
		int size = original.getWebsocketServerSpec().maxFramePayloadLength();
		return (size == ReactorNettyWebSocketSession.DEFAULT_FRAME_MAX_SIZE) ? EndpointLimits.OF_SERVER
				: EndpointLimits.OF_SERVER.withMaxMessageSize(size);
	}

}
