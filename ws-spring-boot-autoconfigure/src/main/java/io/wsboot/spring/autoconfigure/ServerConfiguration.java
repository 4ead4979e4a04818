package io.wsboot.spring.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import io.wsboot.PayloadConverter;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.spring.autoconfigure.web.ReactorNettyConfiguration;
import io.wsboot.spring.autoconfigure.web.ServletSharingConfiguration;
import io.wsboot.spring.autoconfigure.web.SharingOptions;
import io.wsboot.spring.autoconfigure.web.UnsharedPortConfiguration;
import io.wsboot.spring.autoconfigure.websocket.SpringWebSocketConfiguration;
import io.wsboot.spring.autoconfigure.websocket.SpringWebSocketOptions;
import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.EarlyStart;
import io.wsboot.spring.context.SharedPort;
import io.wsboot.spring.context.WsHandlerRegistry;
import io.wsboot.spring.context.WsServerFactory;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.endpoint.EndpointDiscoverer;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Defines the server of this context. In a hierarchy each context has a server of its
 * own, with its own properties, options and endpoints; interceptors, converters and other
 * beans that serve all endpoints alike come from the parent contexts too.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "ws.server.enabled", matchIfMissing = true)
@Import({ EndpointConfiguration.class, MetricsConfiguration.class, HealthConfiguration.class, InfoConfiguration.class,
		ObservationConfiguration.class, WebSocketsEndpointConfiguration.class, SecurityConfiguration.class,
		ServletSharingConfiguration.class, ReactorNettyConfiguration.class, UnsharedPortConfiguration.class,
		SpringWebSocketConfiguration.class })
class ServerConfiguration {

	private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	/**
	 * Binds the properties for this context: Spring Boot registers properties only in the
	 * first context of a hierarchy, and a child would get the port of its parent.
	 */
	@Bean
	@Primary
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	WsServerProperties wsServerProperties(Environment environment) {
		return Binder.get(environment).bindOrCreate("ws.server", WsServerProperties.class);
	}

	@Bean
	SharingOptions wsSharingOptions(WsServerProperties properties) {
		WsServerProperties.Web web = properties.web();
		return new SharingOptions(web.takeOver(), web.httpSessionAttributes(), PropertiesMapping
			.closeStatus("web.session-end-close-code", web.sessionEndCloseCode(), "HTTP session ended"));
	}

	@Bean
	SpringWebSocketOptions wsSpringWebSocketOptions(WsServerProperties properties) {
		return new SpringWebSocketOptions(properties.springWebsocket().execution());
	}

	@Bean
	WsServerPlacement wsServerPlacement(WsServerProperties properties, ListableBeanFactory beans) {
		return new WsServerPlacement(new PropertiesMapping(properties).wantsListener(), properties.web().enabled(),
				() -> beans.getBeansOfType(SharedPort.class).values().stream());
	}

	@Bean
	WsServerOptions wsServerOptions(WsServerProperties properties, ListableBeanFactory beans,
			ObjectProvider<WsServerOptionsCustomizer> customizers, Environment environment) {
		Duration phaseTimeout = environment.getProperty(PHASE_TIMEOUT, Duration.class, Duration.ofSeconds(30));
		WsServerOptionsBuilder options = new PropertiesMapping(properties).toOptions(phaseTimeout);
		Set<WsServerOptionsCustomizer> own = Collections.newSetFromMap(new IdentityHashMap<>());
		own.addAll(beans.getBeansOfType(WsServerOptionsCustomizer.class).values());
		customizers.orderedStream().filter(own::contains).forEach((customizer) -> customizer.customize(options));
		return options.build();
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	WsServerFactory wsServerFactory(WsServerOptions options, WsServerProperties properties, WsServerPlacement placement,
			ObjectProvider<SslBundles> bundles, EndpointDiscoverer endpoints, WsHandlerRegistry registry,
			ConfigurableListableBeanFactory beans, PayloadConverter converter,
			ObjectProvider<WsServerObserver> observers, ObjectProvider<HandshakeInterceptor> handshakeInterceptors,
			ObjectProvider<CallbackInterceptor> callbackInterceptors,
			@Qualifier(WorkerExecutor.BEAN_NAME) ObjectProvider<Executor> executor, Environment environment) {
		TlsOptions tls = BundleTls.choose(properties.ssl(), bundles);
		return (observer) -> {
			WsServerBuilder server = WsServer.builder().options(options).converter(converter);
			Executor worker = WorkerExecutor.choose(executor.getIfAvailable(), environment);
			if (worker != null) {
				server.executor(worker);
			}
			if (tls != null) {
				server.tls(tls);
			}
			if (!placement.isListening()) {
				server.withoutListener();
			}
			handshakeInterceptors.orderedStream().forEach(server::handshakeInterceptor);
			callbackInterceptors.orderedStream().forEach(server::callbackInterceptor);
			observers.orderedStream().forEach(server::observer);
			server.observer(observer);
			return registry.start(EndpointConfiguration.handlers(endpoints, beans), (handlers) -> {
				handlers.forEach((handler) -> server.handler(handler.path(), handler.handler(), handler.options()));
				return server.start();
			});
		};
	}

	@Bean
	WsServerLifecycle wsServerLifecycle(ListableBeanFactory beans, CurrentServer current, WsServerPlacement placement,
			ConfigurableApplicationContext context) {
		Map<String, WsServerFactory> own = beans.getBeansOfType(WsServerFactory.class);
		if (own.size() > 1) {
			throw new NoUniqueBeanDefinitionException(WsServerFactory.class, own.keySet());
		}
		return new WsServerLifecycle(own.values().iterator().next(), current, placement, context);
	}

	@Bean
	EarlyStart wsServerEarlyStart(BeanFactory beans, WsServerPlacement placement) {
		return new EarlyStart(() -> beans.getBean("wsServerLifecycle", WsServerLifecycle.class), placement);
	}

}
