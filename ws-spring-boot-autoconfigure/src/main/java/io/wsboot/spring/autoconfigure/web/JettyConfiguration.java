package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.jetty.JettyHandOver;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Makes Jetty hand connections over, if Jetty is the web server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ JettyWebServer.class, ServletContextRequest.class })
class JettyConfiguration {

	@Bean
	@Lazy
	JettyHandOver wsJettyHandOver(SharingOptions options) {
		return new JettyHandOver(options.takeOver());
	}

}
