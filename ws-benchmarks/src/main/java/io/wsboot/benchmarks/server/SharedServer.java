package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.benchmarks.server.endpoint.EndpointApplication;
import io.wsboot.benchmarks.server.shared.JettyApplication;
import io.wsboot.benchmarks.server.spring.TomcatApplication;
import org.springframework.boot.SpringApplication;

/**
 * An application whose WebSocket endpoints share the port of its web server.
 *
 * @param application the application
 * @param settings which web server, how it hands connections over, and where handlers run
 */
record SharedServer(Class<?> application, List<String> settings) implements EchoServer {

	private static final String WIRE = "--ws.server.web.take-over=false";

	private static final String ON_LOOP = "--ws.server.execution=event-loop";

	static SharedServer onTomcat() {
		return new SharedServer(EndpointApplication.class, List.of(ON_LOOP));
	}

	static SharedServer onTomcatsWire() {
		return new SharedServer(EndpointApplication.class, List.of(ON_LOOP, WIRE));
	}

	static SharedServer onJetty() {
		return new SharedServer(JettyApplication.class, List.of(ON_LOOP));
	}

	static SharedServer onJettysWire() {
		return new SharedServer(JettyApplication.class, List.of(ON_LOOP, WIRE));
	}

	/** Sockets of {@code java.nio}, which can be taken over. */
	static SharedServer onNetty() {
		System.setProperty("reactor.netty.native", "false");
		return new SharedServer(EndpointApplication.class,
				List.of(ON_LOOP, "--spring.main.web-application-type=reactive"));
	}

	/** Sockets of epoll, which Reactor Netty has by default. */
	static SharedServer onNettysWire() {
		return new SharedServer(EndpointApplication.class,
				List.of(ON_LOOP, "--spring.main.web-application-type=reactive"));
	}

	/** Spring's {@code WebSocketHandler} on our event loop. */
	static SharedServer springOnLoop() {
		return new SharedServer(TomcatApplication.class, List.of("--ws.server.spring-websocket.execution=event-loop"));
	}

	/** Spring's {@code WebSocketHandler} on our workers, as by default. */
	static SharedServer springOnPool() {
		return new SharedServer(TomcatApplication.class, List.of());
	}

	@Override
	public int start(ServerMode mode) {
		List<String> arguments = new ArrayList<>(this.settings);
		arguments.addAll(BootSettings.of(mode));
		arguments.addAll(EndpointServer.limits());
		arguments.add("--server.tomcat.max-connections=" + MAX_CONNECTIONS);
		if (mode == ServerMode.TLS) {
			arguments.add("--server.ssl.bundle=" + BootSettings.BUNDLE);
		}
		return SpringApplication.run(this.application, arguments.toArray(new String[0]))
			.getEnvironment()
			.getRequiredProperty("local.ws.port", Integer.class);
	}

}
