package io.wsboot.spring.autoconfigure.web;

import io.wsboot.spring.context.CurrentServer;
import io.wsboot.spring.context.WsServerPlacement;
import io.wsboot.spring.context.WsServerStartedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.web.server.WebServer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Tells in the log why endpoints have a port of their own, if nobody has asked for one
 * and the application's web server is one whose port cannot be shared.
 *
 * @param context the context, which may have a web server
 * @param current tells whether an event is about the server of this context
 * @param placement tells what was asked for
 */
record UnsharedPort(ApplicationContext context, CurrentServer current,
		WsServerPlacement placement) implements ApplicationListener<WsServerStartedEvent> {

	private static final Log logger = LogFactory.getLog(UnsharedPort.class);

	@Override
	public void onApplicationEvent(WsServerStartedEvent event) {
		WebServer server = SharedWebServer.of(this.context);
		if (server != null && event.server() == this.current.server() && this.placement.wantsSharing()
				&& this.placement.sharedPort() == null) {
			logger.info("WebSocket endpoints have a port of their own, as the port of "
					+ server.getClass().getSimpleName()
					+ " cannot be shared here: Spring MVC shares the port of Tomcat or Jetty, and Spring WebFlux that of"
					+ " Reactor Netty");
		}
	}

}
