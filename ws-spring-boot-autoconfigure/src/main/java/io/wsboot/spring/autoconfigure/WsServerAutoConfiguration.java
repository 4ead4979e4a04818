package io.wsboot.spring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.wsboot.PayloadConverter;
import io.wsboot.WsSessions;
import io.wsboot.server.CallbackInterceptor;
import io.wsboot.server.HandshakeInterceptor;
import io.wsboot.server.TlsOptions;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.WsServerObserver;
import io.wsboot.server.WsServerOptions;
import io.wsboot.server.WsServerOptionsBuilder;
import io.wsboot.server.WsServerStats;
import io.wsboot.spring.context.WsServerFactory;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.context.WsServerObservers;
import io.wsboot.spring.endpoint.EndpointDiscoverer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} of the WebSocket server.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "ws.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WsServerProperties.class)
@Import({ EndpointConfiguration.class, MetricsConfiguration.class, HealthConfiguration.class, InfoConfiguration.class,
		ObservationConfiguration.class, WebSocketsEndpointConfiguration.class, SecurityConfiguration.class })
public final class WsServerAutoConfiguration {

	private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	@Bean
	WsServerOptions wsServerOptions(WsServerProperties properties,
			ObjectProvider<WsServerOptionsCustomizer> customizers, Environment environment) {
		Duration phaseTimeout = environment.getProperty(PHASE_TIMEOUT, Duration.class, Duration.ofSeconds(30));
		WsServerOptionsBuilder options = new PropertiesMapping(properties).toOptions(phaseTimeout);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(options));
		return options.build();
	}

	@Bean
	@ConditionalOnMissingBean
	WsServerFactory wsServerFactory(WsServerOptions options, WsServerProperties properties,
			ObjectProvider<SslBundles> bundles, EndpointDiscoverer endpoints, PayloadConverter converter,
			ObjectProvider<WsServerObserver> observers, ObjectProvider<HandshakeInterceptor> handshakeInterceptors,
			ObjectProvider<CallbackInterceptor> callbackInterceptors,
			@Qualifier(WorkerExecutor.BEAN_NAME) ObjectProvider<Executor> executor, Environment environment) {
		TlsOptions tls = BundleTls.choose(properties.ssl(), bundles);
		return (observer) -> {
			WsServerBuilder server = WsServer.builder()
				.options(options)
				.converter(converter)
				.observer(WsServerObservers.of(Stream.concat(observers.orderedStream(), Stream.of(observer)).toList()));
			Executor worker = WorkerExecutor.choose(executor.getIfAvailable(), environment);
			if (worker != null) {
				server.executor(worker);
			}
			if (tls != null) {
				server.tls(tls);
			}
			handshakeInterceptors.orderedStream().forEach(server::handshakeInterceptor);
			callbackInterceptors.orderedStream().forEach(server::callbackInterceptor);
			endpoints.endpoints()
				.forEach((endpoint) -> server.handler(endpoint.path(), endpoint.handler(), endpoint.options()));
			return server.start();
		};
	}

	@Bean
	WsServerLifecycle wsServerLifecycle(WsServerFactory factory, ConfigurableApplicationContext context) {
		return new WsServerLifecycle(factory, context);
	}

	@Bean
	WsSessions wsSessions(WsServerLifecycle lifecycle) {
		return lifecycle.sessions();
	}

	@Bean
	WsServerStats wsServerStats(WsServerLifecycle lifecycle) {
		return lifecycle.stats();
	}

}
