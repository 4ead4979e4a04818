package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.benchmarks.server.spring.TomcatApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring's WebSocket support on Tomcat, which agrees to compression whenever asked. */
final class TomcatServer implements EchoServer {

	@Override
	public int start(ServerMode mode) {
		List<String> arguments = new ArrayList<>(BootSettings.of(mode));
		arguments.add("--ws.server.enabled=false");
		arguments.add("--server.tomcat.max-connections=" + MAX_CONNECTIONS);
		if (mode == ServerMode.TLS) {
			arguments.add("--server.ssl.bundle=" + BootSettings.BUNDLE);
		}
		ConfigurableApplicationContext context = SpringApplication.run(TomcatApplication.class,
				arguments.toArray(new String[0]));
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
