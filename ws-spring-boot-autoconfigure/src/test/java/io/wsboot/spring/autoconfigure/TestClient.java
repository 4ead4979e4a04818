package io.wsboot.spring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The JDK's own WebSocket client, with what it receives in a queue: {@code String},
 * {@code byte[]}, and at the end the close code as an {@code Integer}.
 */
final class TestClient implements AutoCloseable, WebSocket.Listener {

	private static final long SECONDS = 10;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

	private final StringBuilder text = new StringBuilder();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	private @Nullable WebSocket socket;

	private TestClient() {
	}

	static TestClient connect(int port, String pathAndQuery, String... subprotocols) {
		TestClient client = new TestClient();
		WebSocket.Builder builder = HTTP.newWebSocketBuilder();
		if (subprotocols.length > 0) {
			String[] others = java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
			builder.subprotocols(subprotocols[0], others);
		}
		client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + pathAndQuery), client).join();
		return client;
	}

	/** Inside TLS. */
	static TestClient connect(SSLContext context, int port, String path) {
		TestClient client = new TestClient();
		client.socket = HttpClient.newBuilder()
			.sslContext(context)
			.build()
			.newWebSocketBuilder()
			.buildAsync(URI.create("wss://localhost:" + port + path), client)
			.join();
		return client;
	}

	/** The HTTP status with which a handshake is refused. */
	static int refusal(int port, String pathAndQuery) {
		CompletionException failure = catchThrowableOfType(CompletionException.class,
				() -> connect(port, pathAndQuery).close());
		assertThat(failure).hasCauseInstanceOf(WebSocketHandshakeException.class);
		return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
	}

	WebSocket socket() {
		assertThat(this.socket).isNotNull();
		return this.socket;
	}

	TestClient send(String text) {
		socket().sendText(text, true).join();
		return this;
	}

	TestClient send(byte[] bytes) {
		socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
		return this;
	}

	/** Closes, and waits for the answer. */
	int closeWith(int code) throws InterruptedException {
		socket().sendClose(code, "").join();
		return closeCode();
	}

	String text() throws InterruptedException {
		return (String) next();
	}

	byte[] binary() throws InterruptedException {
		return (byte[]) next();
	}

	int closeCode() throws InterruptedException {
		return (Integer) next();
	}

	private Object next() throws InterruptedException {
		Object next = this.received.poll(SECONDS, TimeUnit.SECONDS);
		assertThat(next).as("something received within " + SECONDS + " s").isNotNull();
		return next;
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			this.received.add(this.text.toString());
			this.text.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.binary.writeBytes(bytes);
		if (last) {
			this.received.add(this.binary.toByteArray());
			this.binary.reset();
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.received.add(statusCode);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.received.add(error);
	}

	@Override
	public void close() {
		socket().abort();
	}

}
