package io.wsboot.spring.autoconfigure.web;

import java.util.List;

import io.wsboot.server.WsServer;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.RoutedPaths;
import io.wsboot.spring.context.SharedPort;
import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.reactor.EndpointMapping;
import io.wsboot.spring.reactor.PreparedServer;
import io.wsboot.spring.reactor.ReactorHints;
import io.wsboot.spring.reactor.ReactorUpgrades;
import io.wsboot.spring.websocket.reactive.ReactiveHandlerAdapters;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;

/** Shares the port of Reactor Netty, if a reactive application runs on it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ DispatcherHandler.class, NettyReactiveWebServerFactory.class })
@ImportRuntimeHints(ReactorHints.class)
public class ReactorNettyConfiguration {

	@Bean
	SharedPort wsSharedReactorNettyPort(ApplicationContext context) {
		return new SharedWebServer(context, NettyWebServer.class::isInstance, () -> path(context));
	}

	private static String path(ApplicationContext context) {
		String path = context.getEnvironment().getProperty("spring.webflux.base-path", "");
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	/** Static, as the web server is made before other beans. */
	@Bean
	static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> wsReactorNettyCustomizer(
			ObjectProvider<WsServerPlacement> placement) {
		return (factory) -> factory
			.addServerCustomizers(new PreparedServer(() -> placement.getObject().sharedPort() != null)::apply);
	}

	@Bean
	ReactorUpgrades wsReactorUpgrades(CurrentServer current, WsServerPlacement placement, SharingOptions sharing) {
		return new ReactorUpgrades(() -> {
			WsServer server = current.latest();
			return (server != null && placement.sharedPort() != null) ? server.upgrades() : null;
		}, sharing.takeOver());
	}

	@Bean
	EndpointMapping wsReactiveHandshakeMapping(ReactorUpgrades upgrades) {
		return EndpointMapping.ofHandshakes(upgrades);
	}

	@Bean
	EndpointMapping wsReactiveOtherRequestMapping(ReactorUpgrades upgrades) {
		return EndpointMapping.ofOtherRequests(upgrades);
	}

	/** Serves Spring's reactive handlers. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "ws.server.spring-websocket.enabled", matchIfMissing = true)
	static class ReactiveHandlerConfiguration {

		/**
		 * Paths of handlers in mappings, as the check of rules for endpoints asks for.
		 */
		@Bean
		RoutedPaths wsReactiveHandlerPaths(WsServerPlacement placement,
				ObjectProvider<AbstractUrlHandlerMapping> mappings) {
			return () -> (placement.sharedPort() != null) ? mappings.stream()
				.flatMap((mapping) -> mapping.getHandlerMap().entrySet().stream())
				.filter((entry) -> entry.getValue() instanceof WebSocketHandler)
				.map((entry) -> entry.getKey().getPatternString())
				.toList() : List.of();
		}

		@Bean
		static ReactiveHandlerAdapters wsReactiveHandlerAdapters(ObjectProvider<ReactorUpgrades> upgrades) {
			return new ReactiveHandlerAdapters(upgrades::getObject);
		}

	}

}
