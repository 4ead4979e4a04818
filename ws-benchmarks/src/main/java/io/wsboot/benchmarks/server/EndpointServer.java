package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.benchmarks.server.endpoint.EndpointApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Our annotated endpoints in a Spring Boot application.
 *
 * @param settings where their methods run
 */
record EndpointServer(List<String> settings) implements EchoServer {

	static EndpointServer onLoop() {
		return new EndpointServer(List.of("--ws.server.execution=event-loop"));
	}

	static EndpointServer onPool() {
		return new EndpointServer(List.of("--ws.server.execution=worker"));
	}

	static EndpointServer onVirtualThreads() {
		return new EndpointServer(List.of("--ws.server.execution=worker", "--spring.threads.virtual.enabled=true"));
	}

	/** One loop, and limits that no scenario reaches. */
	static List<String> limits() {
		return List.of("--ws.server.event-loops=1", "--ws.server.max-message-size=2MB",
				"--ws.server.max-frame-size=2MB", "--ws.server.outbound.max-queued=4MB",
				"--ws.server.max-connections=" + MAX_CONNECTIONS,
				"--ws.server.max-connections-per-address=" + MAX_CONNECTIONS,
				"--ws.server.inbound.max-messages-per-second=500000000");
	}

	@Override
	public int start(ServerMode mode) {
		List<String> arguments = new ArrayList<>(this.settings);
		arguments.addAll(BootSettings.of(mode));
		arguments.addAll(limits());
		arguments.add("--ws.server.port=0");
		if (mode == ServerMode.TLS) {
			arguments.add("--ws.server.ssl.bundle=" + BootSettings.BUNDLE);
		}
		if (mode == ServerMode.DEFLATE) {
			arguments.add("--ws.server.compression.enabled=true");
		}
		ConfigurableApplicationContext context = SpringApplication.run(EndpointApplication.class,
				arguments.toArray(new String[0]));
		return context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

}
