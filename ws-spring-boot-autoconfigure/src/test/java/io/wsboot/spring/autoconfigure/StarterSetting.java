package io.wsboot.spring.autoconfigure;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.wsboot.conformance.Setting;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

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

	private static final Map<String, Class<?>> ENDPOINTS = Map.of("/echo", AtEcho.class, "/ws", AtWs.class,
			"/room/{id}", AtRoom.class);

	private final String execution;

	StarterSetting(String execution) {
		this.execution = execution;
	}

	@Override
	public WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		ApplicationContextInitializer<GenericApplicationContext> customizer = (context) -> context
			.registerBean(WsServerOptionsCustomizer.class, () -> options::accept);
		List<Class<?>> endpoints = Stream.of(paths).<Class<?>>map((path) -> endpoint(path)).toList();
		RunningApp app = RunningApp.start(endpoints, customizer, "--ws.server.address=127.0.0.1",
				"--ws.server.event-loops=1", "--ws.server.execution=" + this.execution);
		WsServer server = Objects.requireNonNull(app.lifecycle().server());
		return WatchedServer.of(server, app);
	}

	private static Class<?> endpoint(String path) {
		return Objects.requireNonNull(ENDPOINTS.get(path), path);
	}

	static class Echo {

		@OnMessage
		String text(String text) {
			return text;
		}

		@OnMessage
		ByteBuffer binary(ByteBuffer payload) {
			return payload;
		}

	}

	@WsEndpoint(path = "/echo", subprotocols = { "chat", "superchat" })
	static class AtEcho extends Echo {

	}

	@WsEndpoint(path = "/ws", subprotocols = { "chat", "superchat" })
	static class AtWs extends Echo {

	}

	@WsEndpoint(path = "/room/{id}", subprotocols = { "chat", "superchat" })
	static class AtRoom extends Echo {

	}

}
