package io.wsboot.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

import io.wsboot.Execution;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServerOptionsBuilder;

/**
 * A way to run the server under test, and to connect to it. What is asked of it is the
 * same in all of them.
 */
enum Setting {

	PLAIN_EVENT_LOOP(Execution.EVENT_LOOP),

	PLAIN_WORKER(Execution.WORKER);

	private final Execution execution;

	Setting(Execution execution) {
		this.execution = execution;
	}

	/** An echo at some paths. */
	WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		return WatchedServer.echo(this.execution, options, paths);
	}

	/** A connection on which nothing of HTTP has been said. */
	Socket connect(int port) throws IOException {
		Socket socket = new Socket();
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(10_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
		return socket;
	}

}
