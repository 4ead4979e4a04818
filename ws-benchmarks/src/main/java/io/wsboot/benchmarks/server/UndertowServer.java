package io.wsboot.benchmarks.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import org.xnio.Pooled;

/** Undertow, with one I/O thread that the listeners run on. */
@SuppressWarnings("deprecation") // Pooled, which is all that messages come in
final class UndertowServer implements EchoServer {

	@Override
	public int start(ServerMode mode) throws GeneralSecurityException, IOException {
		Undertow.Builder builder = Undertow.builder().setIoThreads(1).setWorkerThreads(1);
		builder.setSocketOption(Options.TCP_NODELAY, true);
		if (mode == ServerMode.TLS) {
			builder.addHttpsListener(0, "127.0.0.1", Certificate.given().context());
		}
		else {
			builder.addHttpListener(0, "127.0.0.1");
		}
		Undertow server = builder
			.setHandler(Handlers.path()
				.addExactPath(ECHO, handler(new Echo(), mode))
				.addExactPath(FANOUT, handler(new Fanout(), mode)))
			.build();
		server.start();
		return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
	}

	private static WebSocketProtocolHandshakeHandler handler(AbstractReceiveListener listener, ServerMode mode) {
		WebSocketProtocolHandshakeHandler handler = Handlers.websocket((exchange, channel) -> {
			channel.getReceiveSetter().set(listener);
			channel.resumeReceives();
		});
		return (mode == ServerMode.DEFLATE) ? handler.addExtension(new PerMessageDeflateHandshake()) : handler;
	}

	/** Sends back what comes. */
	private static final class Echo extends AbstractReceiveListener {

		@Override
		protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
			WebSockets.sendText(message.getData(), channel, null);
		}

		@Override
		protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
			Pooled<ByteBuffer[]> data = message.getData();
			WebSockets.sendBinary(data.getResource(), channel, new Free(data));
		}

	}

	/** Sends what comes to all. */
	private static final class Fanout extends AbstractReceiveListener {

		@Override
		protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
			try (Pooled<ByteBuffer[]> data = message.getData()) {
				ByteBuffer whole = WebSockets.mergeBuffers(data.getResource());
				for (WebSocketChannel member : channel.getPeerConnections()) {
					WebSockets.sendBinary(whole.duplicate(), member, null);
				}
			}
		}

	}

	/**
	 * Gives buffers back when they are sent.
	 *
	 * @param data the buffers
	 */
	private record Free(Pooled<?> data) implements WebSocketCallback<Void> {

		@Override
		public void complete(WebSocketChannel channel, @Nullable Void context) {
			this.data.close();
		}

		@Override
		public void onError(WebSocketChannel channel, @Nullable Void context, Throwable error) {
			this.data.close();
		}

	}

}
