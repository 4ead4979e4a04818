package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsServerPlacement;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Explains a port of the endpoints' own, in applications with a web server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnClass(WebServerApplicationContext.class)
public class UnsharedPortConfiguration {

	@Bean
	UnsharedPort wsUnsharedPort(ApplicationContext context, CurrentServer current, WsServerPlacement placement) {
		return new UnsharedPort(context, current, placement);
	}

}
