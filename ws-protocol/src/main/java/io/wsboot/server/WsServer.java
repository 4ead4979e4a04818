package io.wsboot.server;

import java.util.concurrent.CompletionStage;

import io.wsboot.WsSessions;

/**
 * A WebSocket server.
 *
 * <pre>
 * WsServer server = WsServer.builder().port(8090).handler("/echo", new WsHandler() {
 * 	public void onText(WsSession session, String text) {
 * 		session.send(text);
 * 	}
 * }).start();
 * </pre>
 */
public interface WsServer extends AutoCloseable {

	static WsServerBuilder builder() {
		return new WsServerBuilder();
	}

	/**
	 * The bound TCP port.
	 */
	int port();

	/**
	 * The options in force.
	 */
	WsServerOptions options();

	/**
	 * The open sessions.
	 */
	WsSessions sessions();

	/**
	 * Counts.
	 */
	WsServerStats stats();

	/**
	 * Answers new handshakes with 503 from now on; open sessions go on.
	 */
	void drain();

	/**
	 * Stops for good: no new connections, every session closed with 1001 after what it
	 * has queued, all within the shutdown timeout.
	 * @return completes when all threads have ended
	 */
	CompletionStage<Void> stop();

	/**
	 * {@link #stop() Stops} and waits.
	 */
	@Override
	void close();

}
