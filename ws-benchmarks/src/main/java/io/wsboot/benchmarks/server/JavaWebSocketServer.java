package io.wsboot.benchmarks.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/** Java-WebSocket, with one decoder thread beside its selector. */
final class JavaWebSocketServer implements EchoServer {

	@Override
	public int start(ServerMode mode) throws Exception {
		Draft draft = (mode == ServerMode.DEFLATE) ? new Draft_6455(new PerMessageDeflateExtension())
				: new Draft_6455();
		Echo server = new Echo(draft);
		server.setTcpNoDelay(true);
		server.setConnectionLostTimeout(0); // it would ping busy connections too, and the
											// load knows no Ping
		server.setMaxPendingConnections(1024);
		if (mode == ServerMode.TLS) {
			server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(Certificate.given().context()));
		}
		server.start();
		server.started.await();
		return server.getPort();
	}

	/** Sends back what comes, or to all. */
	private static final class Echo extends WebSocketServer {

		private final CountDownLatch started = new CountDownLatch(1);

		Echo(Draft draft) {
			super(new InetSocketAddress("127.0.0.1", 0), 1, List.of(draft));
		}

		@Override
		public void onStart() {
			this.started.countDown();
		}

		@Override
		public void onOpen(WebSocket socket, ClientHandshake handshake) {
			// nothing to do
		}

		@Override
		public void onMessage(WebSocket socket, String message) {
			socket.send(message);
		}

		@Override
		public void onMessage(WebSocket socket, ByteBuffer message) {
			if (socket.getResourceDescriptor().equals(FANOUT)) {
				broadcast(message);
			}
			else {
				socket.send(message);
			}
		}

		@Override
		public void onClose(WebSocket socket, int code, String reason, boolean remote) {
			// nothing to do
		}

		@Override
		public void onError(WebSocket socket, Exception ex) {
			// the load resets its connections
		}

	}

}
