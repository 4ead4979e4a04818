package io.wsboot.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;

import io.wsboot.server.WatchedServer;
import io.wsboot.server.config.WsServerOptionsBuilder;

/**
 * A way to run the server under test, and to connect to it. What is asked of it is the
 * same in all of them. A module that runs these tests lists its own settings in a file of
 * {@code META-INF/services}.
 */
public interface Setting {

	/** Settings of one module. */
	interface Some {

		List<Setting> settings();

	}

	/** All settings of the module whose tests run. */
	static List<Setting> all() {
		return ServiceLoader.load(Some.class).stream().flatMap((some) -> some.get().settings().stream()).toList();
	}

	/**
	 * An echo at some paths, which speaks the subprotocols {@code chat} and
	 * {@code superchat}.
	 */
	WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths);

	/**
	 * Whether the server under test reads the requests itself, and not another server.
	 */
	default boolean readsRequests() {
		return true;
	}

	/**
	 * Whether a whole web server reads the requests, which judges itself how a request is
	 * framed, writes header fields and pages of its own, and keeps connections behind
	 * refusals.
	 */
	default boolean isBehindWebServer() {
		return false;
	}

	/**
	 * What another server answers before ours, or in its own way, so that the answer is
	 * not that of our own port.
	 * @return the status of each such answer, by the name of the test or of the hostile
	 * peer
	 */
	default Map<String, Integer> otherAnswers() {
		return Map.of();
	}

	/** Whether connections are inside TLS, which takes time to begin. */
	default boolean isSecure() {
		return false;
	}

	/** What HTTP goes over, given a new connection. */
	default Socket over(Socket tcp) throws IOException {
		return tcp;
	}

	/** Ends the client's half of a connection. */
	default void endOutput(Socket tcp, Socket over) throws IOException {
		over.shutdownOutput();
	}

}
