package io.wsboot.benchmarks.server.shared;

import io.wsboot.benchmarks.server.endpoint.EndpointApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The same endpoints in an application on Jetty, though Tomcat is there too. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan(basePackageClasses = EndpointApplication.class)
public class JettyApplication {

	@Bean
	JettyServletWebServerFactory container() {
		return new JettyServletWebServerFactory();
	}

}
