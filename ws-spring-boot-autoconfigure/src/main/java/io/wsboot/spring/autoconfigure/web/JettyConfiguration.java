package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.jetty.JettyConnectors;
import io.wsboot.spring.jetty.JettyHandOver;
import io.wsboot.spring.jetty.JettyHints;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Makes Jetty hand connections over, if Jetty is the web server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ JettyWebServer.class, ServletContextRequest.class })
@ImportRuntimeHints(JettyHints.class)
class JettyConfiguration {

	@Bean
	@Lazy
	JettyHandOver wsJettyHandOver(SharingOptions options) {
		return new JettyHandOver(options.takeOver());
	}

	/** Runs with the web server's creation, behind customizers that add connectors. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> wsJettyConnectors(WsServerPlacement placement) {
		return (factory) -> {
			if (placement.wantsSharing()) {
				factory.addServerCustomizers(JettyConnectors::prepare);
			}
		};
	}

}
