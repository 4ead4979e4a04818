package io.wsboot.sample;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JDK's own WebSocket client, with what it receives in a queue.
 */
public final class TestClient implements WebSocket.Listener, AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final StringBuilder text = new StringBuilder();

	private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

	private final WebSocket socket;

	private TestClient(URI uri) {
		this.socket = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE).buildAsync(uri, this).join();
	}

	public static TestClient connect(int port, String pathAndQuery) {
		return new TestClient(URI.create("ws://localhost:" + port + pathAndQuery));
	}

	WebSocket socket() {
		return this.socket;
	}

	public void send(String message) {
		this.socket.sendText(message, true).join();
	}

	public void send(byte[] message) {
		this.socket.sendBinary(ByteBuffer.wrap(message), true).join();
	}

	public String nextText() throws InterruptedException {
		return (String) next();
	}

	public byte[] nextBinary() throws InterruptedException {
		return (byte[]) next();
	}

	JsonNode nextJson() throws InterruptedException {
		return JSON.readTree(nextText());
	}

	/** A text as a string, the payload of a pong too; a binary message as an array. */
	Object next() throws InterruptedException {
		Object message = this.received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(message).as("a message within %s", PATIENCE).isNotNull();
		return message;
	}

	void receivesNothingFor(Duration time) throws InterruptedException {
		assertThat(this.received.poll(time.toMillis(), TimeUnit.MILLISECONDS)).isNull();
	}

	int closeCode() {
		return this.closed.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/** Closes with 1000 and waits for the answer. */
	@Override
	public void close() {
		if (!this.closed.isDone()) {
			this.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
			closeCode();
		}
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			this.received.add(this.text.toString());
			this.text.setLength(0);
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.binary.writeBytes(bytes);
		if (last) {
			this.received.add(this.binary.toByteArray());
			this.binary.reset();
		}
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
		this.received.add(StandardCharsets.UTF_8.decode(message).toString());
		socket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
		this.closed.complete(statusCode);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.closed.completeExceptionally(error);
	}

}
