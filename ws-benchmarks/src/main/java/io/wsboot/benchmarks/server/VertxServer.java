package io.wsboot.benchmarks.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PfxOptions;

/** Vert.x, with one event loop. */
final class VertxServer implements EchoServer {

	private final Set<ServerWebSocket> members = ConcurrentHashMap.newKeySet();

	@Override
	public int start(ServerMode mode) {
		HttpServerOptions options = new HttpServerOptions().setTcpNoDelay(true)
			.setMaxWebSocketFrameSize(MAX_MESSAGE)
			.setMaxWebSocketMessageSize(MAX_MESSAGE)
			.setPerMessageWebSocketCompressionSupported(mode == ServerMode.DEFLATE)
			.setPerFrameWebSocketCompressionSupported(false)
			.setWebSocketAllowServerNoContext(true)
			.setWebSocketPreferredClientNoContext(true);
		if (mode == ServerMode.TLS) {
			options.setSsl(true)
				.setKeyCertOptions(new PfxOptions().setPath(Certificate.given().file().toString())
					.setPassword(Certificate.PASSWORD));
		}
		return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
			.createHttpServer(options)
			.webSocketHandler(this::opened)
			.listen(0, "127.0.0.1")
			.await()
			.actualPort();
	}

	private void opened(ServerWebSocket socket) {
		if (socket.path().equals(FANOUT)) {
			this.members.add(socket);
			socket.closeHandler((closed) -> this.members.remove(socket));
			socket.binaryMessageHandler(
					(message) -> this.members.forEach((member) -> member.writeBinaryMessage(message)));
		}
		else {
			socket.binaryMessageHandler(socket::writeBinaryMessage);
			socket.textMessageHandler(socket::writeTextMessage);
		}
	}

}
