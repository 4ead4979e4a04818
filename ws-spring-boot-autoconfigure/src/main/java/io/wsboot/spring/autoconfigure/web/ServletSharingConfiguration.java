package io.wsboot.spring.autoconfigure.web;

import java.util.Optional;

import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.SharedPort;
import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.servlet.EndpointHandlerMapping;
import io.wsboot.spring.servlet.HttpSessionSockets;
import io.wsboot.spring.servlet.RequestCopy;
import io.wsboot.spring.servlet.ServletHandOver;
import io.wsboot.spring.servlet.ServletUpgrades;
import io.wsboot.spring.servlet.SessionEndFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Shares the port of the servlet container. Each container has a {@link ServletHandOver}
 * bean; the bean that supports the web server of the context is used.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, WebServerApplicationContext.class })
@Import({ TomcatConfiguration.class, JettyConfiguration.class })
public class ServletSharingConfiguration {

	@Bean
	SharedPort wsSharedServletPort(WebApplicationContext context, ObjectProvider<ServletHandOver> handOvers) {
		return new SharedWebServer(context, (server) -> context.getBeanNamesForType(DispatcherServlet.class).length > 0
				&& handOver(server, handOvers).isPresent(), () -> path(context));
	}

	private static Optional<ServletHandOver> handOver(WebServer server, ObjectProvider<ServletHandOver> handOvers) {
		return handOvers.orderedStream().filter((handOver) -> handOver.supports(server)).findFirst();
	}

	private static String path(WebApplicationContext context) {
		String servlet = context.getEnvironment().getProperty("spring.mvc.servlet.path", "/");
		String prefix = servlet.endsWith("/") ? servlet.substring(0, servlet.length() - 1) : servlet;
		return Optional.ofNullable(context.getServletContext())
			.map((container) -> container.getContextPath() + prefix)
			.orElse(prefix);
	}

	/** Behind Spring Session's filter, where that replaces the container's sessions. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(type = "org.springframework.session.web.http.SessionRepositoryFilter")
	static class SpringSessionConfiguration {

		/** {@code SessionRepositoryFilter.DEFAULT_ORDER}, and one. */
		private static final int ORDER = Integer.MIN_VALUE + 51;

		@Bean
		FilterRegistrationBean<SessionEndFilter> wsSessionEndFilter(HttpSessionSockets sockets,
				WsServerPlacement placement) {
			FilterRegistrationBean<SessionEndFilter> filter = new FilterRegistrationBean<>(
					new SessionEndFilter(sockets));
			filter.setOrder(ORDER);
			filter.setEnabled(placement.wantsSharing());
			return filter;
		}

	}

	/** Made with the web server, before other beans: registered as its listener. */
	@Bean
	HttpSessionSockets wsHttpSessionSockets(SharingOptions options) {
		return new HttpSessionSockets(options.sessionEnd());
	}

	@Bean
	ServletUpgrades wsServletUpgrades(WebApplicationContext context, CurrentServer current, WsServerPlacement placement,
			ObjectProvider<ServletHandOver> handOvers, HttpSessionSockets sockets, SharingOptions sharing,
			WsServerOptions options) {
		SingletonSupplier<ServletHandOver> handOver = SingletonSupplier
			.of(() -> Optional.ofNullable(SharedWebServer.of(context))
				.flatMap((server) -> handOver(server, handOvers))
				.orElseThrow());
		return new ServletUpgrades(() -> {
			WsServer server = current.latest();
			return (server != null && placement.sharedPort() != null) ? server.upgrades() : null;
		}, handOver::obtain, new RequestCopy(sharing.httpSessionAttributes(), sockets), options.handshake().timeout());
	}

	@Bean
	EndpointHandlerMapping wsHandshakeMapping(ServletUpgrades upgrades,
			@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
		return intercepted(EndpointHandlerMapping.ofHandshakes(upgrades), controllers);
	}

	@Bean
	EndpointHandlerMapping wsOtherRequestMapping(ServletUpgrades upgrades,
			@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
		return intercepted(EndpointHandlerMapping.ofOtherRequests(upgrades), controllers);
	}

	/** Gives a mapping the interceptors that Spring MVC gives to controllers. */
	private static EndpointHandlerMapping intercepted(EndpointHandlerMapping mapping,
			ObjectProvider<RequestMappingHandlerMapping> controllers) {
		controllers.ifAvailable((mvc) -> {
			HandlerInterceptor[] interceptors = mvc.getAdaptedInterceptors();
			if (interceptors != null) {
				mapping.setInterceptors((Object[]) interceptors);
			}
		});
		return mapping;
	}

}
