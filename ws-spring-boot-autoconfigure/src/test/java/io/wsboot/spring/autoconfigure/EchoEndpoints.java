package io.wsboot.spring.autoconfigure;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * The endpoints that the conformance tests ask for.
 */
public final class EchoEndpoints {

	private static final Map<String, Class<?>> ALL = Map.of("/echo", AtEcho.class, "/ws", AtWs.class, "/room/{id}",
			AtRoom.class);

	private EchoEndpoints() {
	}

	/** The endpoints at these paths. */
	public static List<Class<?>> at(String... paths) {
		return Stream.of(paths).<Class<?>>map((path) -> Objects.requireNonNull(ALL.get(path), path)).toList();
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
