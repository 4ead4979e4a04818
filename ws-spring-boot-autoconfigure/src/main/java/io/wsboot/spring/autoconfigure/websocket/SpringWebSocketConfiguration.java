package io.wsboot.spring.autoconfigure.websocket;

import java.util.Optional;
import java.util.stream.Stream;

import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.servlet.ServletUpgrades;
import io.wsboot.spring.websocket.EngineUpgradeStrategy;
import io.wsboot.spring.websocket.HandlerPaths;
import io.wsboot.spring.websocket.HandshakeHandlerPostProcessor;
import io.wsboot.spring.websocket.MessageSizes;
import io.wsboot.spring.websocket.SpringWebSocketHints;
import io.wsboot.spring.websocket.WebSocketHandlers;
import jakarta.websocket.server.ServerContainer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/**
 * Has handlers of Spring's served by the server: on the port of a servlet container that
 * is shared, and on the server's own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(WebSocketHandler.class)
public class SpringWebSocketConfiguration {

	@Bean
	WebSocketHandlers wsWebSocketHandlers(SpringWebSocketOptions options, WsServerOptions server,
			CurrentServer current) {
		return new WebSocketHandlers(options.execution(), server.maxMessageSize(),
				() -> Optional.ofNullable(current.latest()).filter(WsServer::isSecure).isPresent());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ DispatcherServlet.class, WebServerApplicationContext.class })
	@ConditionalOnBooleanProperty(name = "ws.server.spring-websocket.enabled", matchIfMissing = true)
	@ImportRuntimeHints(SpringWebSocketHints.class)
	static class ServletConfiguration {

		/** Static and lazy, as the post-processor is made before all other beans. */
		@Bean
		static HandshakeHandlerPostProcessor wsHandshakeHandlerPostProcessor(
				ObjectProvider<WsServerPlacement> placement, ObjectProvider<EngineUpgradeStrategy> strategy) {
			return new HandshakeHandlerPostProcessor(
					() -> (placement.getObject().sharedPort() != null) ? strategy.getObject() : null);
		}

		@Bean
		EngineUpgradeStrategy wsUpgradeStrategy(CurrentServer current, ServletUpgrades upgrades,
				WsServerOptions options, ObjectProvider<MessageSizes> sizes, SpringWebSocketOptions own) {
			return new EngineUpgradeStrategy(() -> {
				WsServer server = current.latest();
				return (server != null) ? server.upgrades() : null;
			}, upgrades, options, sizes.getIfAvailable(() -> MessageSizes.of(options.maxMessageSize())),
					own.execution());
		}

		@Bean
		HandlerPaths wsHandlerPaths(WsServerPlacement placement, ObjectProvider<AbstractUrlHandlerMapping> mappings) {
			return new HandlerPaths(() -> (placement.sharedPort() != null) ? mappings.stream() : Stream.empty());
		}

	}

	/** Reads what an application has set for all sessions of its servlet container. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass({ ServletServerContainerFactoryBean.class, ServerContainer.class })
	static class ContainerSettingsConfiguration {

		@Bean
		@Lazy
		MessageSizes wsMessageSizes(ObjectProvider<ServletServerContainerFactoryBean> container,
				WsServerOptions options) {
			return Optional.ofNullable(container.getIfUnique())
				.map((settings) -> MessageSizes.of(settings, options.maxMessageSize()))
				.orElseGet(() -> MessageSizes.of(options.maxMessageSize()));
		}

	}

}
