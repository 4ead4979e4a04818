package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.benchmarks.server.endpoint.EndpointApplication;
import io.wsboot.benchmarks.server.shared.JettyApplication;
import io.wsboot.benchmarks.server.spring.TomcatApplication;

import org.springframework.boot.SpringApplication;

/**
 * A Spring Boot application that our engine serves, on a port of its own or on the port
 * of the application's web server.
 *
 * @param application the application
 * @param settings the port, how connections are handed over, and where handlers run
 */
record EndpointServer(Class<?> application, List<String> settings) implements EchoServer {

	private static final String OWN_PORT = "--ws.server.port=0";

	private static final String ON_LOOP = "--ws.server.execution=event-loop";

	private static final String ON_WORKERS = "--ws.server.execution=worker";

	private static final String WIRE = "--ws.server.web.take-over=false";

	private static final String REACTIVE = "--spring.main.web-application-type=reactive";

	private static EndpointServer of(Class<?> application, String... settings) {
		return new EndpointServer(application, List.of(settings));
	}

	static EndpointServer onLoop() {
		return of(EndpointApplication.class, OWN_PORT, ON_LOOP);
	}

	static EndpointServer onPool() {
		return of(EndpointApplication.class, OWN_PORT, ON_WORKERS);
	}

	static EndpointServer onVirtualThreads() {
		return of(EndpointApplication.class, OWN_PORT, ON_WORKERS, "--spring.threads.virtual.enabled=true");
	}

	static EndpointServer onTomcat() {
		return of(EndpointApplication.class, ON_LOOP);
	}

	static EndpointServer onTomcatsWire() {
		return of(EndpointApplication.class, ON_LOOP, WIRE);
	}

	static EndpointServer onJetty() {
		return of(JettyApplication.class, ON_LOOP);
	}

	static EndpointServer onJettysWire() {
		return of(JettyApplication.class, ON_LOOP, WIRE);
	}

	/** Sockets of {@code java.nio}, which can be taken over. */
	static EndpointServer onNetty() {
		System.setProperty("reactor.netty.native", "false");
		return of(EndpointApplication.class, ON_LOOP, REACTIVE);
	}

	/** Sockets of epoll, which Reactor Netty has by default. */
	static EndpointServer onNettysWire() {
		return of(EndpointApplication.class, ON_LOOP, REACTIVE);
	}

	/** Spring's {@code WebSocketHandler} on our event loop. */
	static EndpointServer springOnLoop() {
		return of(TomcatApplication.class, "--ws.server.spring-websocket.execution=event-loop");
	}

	/** Spring's {@code WebSocketHandler} on our workers, as by default. */
	static EndpointServer springOnPool() {
		return of(TomcatApplication.class);
	}

	@Override
	public int start(ServerMode mode) {
		List<String> arguments = new ArrayList<>(this.settings);
		arguments.addAll(BootSettings.of(mode));
		arguments.addAll(List.of("--ws.server.event-loops=1", "--ws.server.max-message-size=2MB",
				"--ws.server.max-frame-size=2MB", "--ws.server.outbound.max-queued=4MB",
				"--ws.server.max-connections=" + MAX_CONNECTIONS,
				"--ws.server.max-connections-per-address=" + MAX_CONNECTIONS,
				"--ws.server.inbound.max-messages-per-second=500000000",
				"--server.tomcat.max-connections=" + MAX_CONNECTIONS));
		if (mode == ServerMode.TLS) {
			String encrypted = this.settings.contains(OWN_PORT) ? "--ws.server.ssl.bundle=" : "--server.ssl.bundle=";
			arguments.add(encrypted + BootSettings.BUNDLE);
		}
		if (mode == ServerMode.DEFLATE) {
			arguments.add("--ws.server.compression.enabled=true");
		}
		return SpringApplication.run(this.application, arguments.toArray(new String[0]))
			.getEnvironment()
			.getRequiredProperty("local.ws.port", Integer.class);
	}

}
