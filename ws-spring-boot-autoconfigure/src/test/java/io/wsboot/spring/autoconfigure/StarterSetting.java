package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.wsboot.conformance.Setting;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptionsBuilder;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Annotated beans of an application, as the conformance tests of {@code ws-protocol} ask
 * for them. Those tests are compiled into this module's and run here too.
 */
enum StarterSetting implements Setting {

	STARTER_EVENT_LOOP("event-loop"),

	STARTER_WORKER("worker");

	/** Lists them. */
	public static final class All implements Some {

		@Override
		public List<Setting> settings() {
			return List.of(values());
		}

	}

	private final String execution;

	StarterSetting(String execution) {
		this.execution = execution;
	}

	@Override
	public WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		ApplicationContextInitializer<GenericApplicationContext> customizer = (context) -> context
			.registerBean(WsServerOptionsCustomizer.class, () -> options::accept);
		RunningApp app = RunningApp.start(EchoEndpoints.at(paths), customizer, "--ws.server.address=127.0.0.1",
				"--ws.server.event-loops=1", "--ws.server.execution=" + this.execution);
		WsServer server = Objects.requireNonNull(app.lifecycle().server());
		return WatchedServer.of(server, app);
	}

}
