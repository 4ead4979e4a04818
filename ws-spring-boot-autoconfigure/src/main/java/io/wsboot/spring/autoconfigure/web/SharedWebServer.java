package io.wsboot.spring.autoconfigure.web;

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.wsboot.spring.context.SharedPort;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * The port of an application context's embedded web server. A web server in which the
 * application is deployed is none of the context's, so that its port is not shared.
 *
 * @param context the context
 * @param supported tells whether connections of a web server can be handed over
 * @param path returns what precedes the paths of endpoints
 */
record SharedWebServer(ApplicationContext context, Predicate<WebServer> supported,
		Supplier<String> path) implements SharedPort {

	/** The web server of a context; null if the context has none. */
	static @Nullable WebServer of(ApplicationContext context) {
		return (context instanceof WebServerApplicationContext web) ? web.getWebServer() : null;
	}

	@Override
	public boolean isAvailable() {
		WebServer server = of(this.context);
		return server != null && this.supported.test(server);
	}

	@Override
	public int port() {
		WebServer server = of(this.context);
		return (server != null) ? server.getPort() : -1;
	}

	@Override
	public boolean isSecure() {
		AbstractConfigurableWebServerFactory factory = this.context
			.getBeanProvider(AbstractConfigurableWebServerFactory.class)
			.getIfUnique();
		return factory != null && Ssl.isEnabled(factory.getSsl());
	}

	@Override
	public String contextPath() {
		return this.path.get();
	}

}
