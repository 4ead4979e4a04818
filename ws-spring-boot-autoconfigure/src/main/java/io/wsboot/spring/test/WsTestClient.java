package io.wsboot.spring.test;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;

/**
 * A WebSocket client for tests of endpoints, which waits for what should come, and fails
 * the test with an {@link AssertionError} if something else does or nothing within the
 * timeout. It is the JDK's client underneath, so it speaks to the server over a real
 * connection.
 *
 * <pre>
 * &#64;LocalWsPort
 * int port;
 *
 * &#64;Test
 * void greets() {
 * 	try (WsTestClient client = WsTestClient.connect(this.port, "/rooms/java?name=Ann")) {
 * 		assertThat(client.nextText()).isEqualTo("Welcome to java, Ann");
 * 	}
 * }
 * </pre>
 *
 * For one test thread.
 */
public final class WsTestClient implements AutoCloseable {

	private final WebSocket socket;

	private final ReceivedMessages received;

	private final Duration timeout;

	WsTestClient(WebSocket socket, ReceivedMessages received, Duration timeout) {
		this.socket = socket;
		this.received = received;
		this.timeout = timeout;
	}

	/**
	 * Connects to {@code ws://localhost}, and waits until the session is open.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery what to connect to, from the slash on
	 * @return the client
	 * @throws HandshakeRefusedException if the server refuses
	 */
	public static WsTestClient connect(int port, String pathAndQuery) {
		return builder().connect(port, pathAndQuery);
	}

	/**
	 * Connects in vain: fails the test if the server accepts.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery what to connect to, from the slash on
	 * @return the server's answer
	 */
	public static HandshakeRefusedException refusal(int port, String pathAndQuery) {
		return builder().refusal(port, pathAndQuery);
	}

	/**
	 * For header fields, subprotocols, TLS or another timeout.
	 * @return a builder
	 */
	public static WsTestClientBuilder builder() {
		return new WsTestClientBuilder();
	}

	/**
	 * The subprotocol that the server has chosen.
	 * @return its name, or nothing
	 */
	public Optional<String> subprotocol() {
		return Optional.of(this.socket.getSubprotocol()).filter((name) -> !name.isEmpty());
	}

	/**
	 * Sends a text message. Whether the server takes it shows in what it does then.
	 * @param text the message
	 * @return this client
	 */
	public WsTestClient send(String text) {
		return sendPart(text, true);
	}

	/**
	 * Sends a binary message. Whether the server takes it shows in what it does then.
	 * @param payload the message
	 * @return this client
	 */
	public WsTestClient send(byte[] payload) {
		return sendPart(payload, true);
	}

	/**
	 * Sends part of a text message, in a frame of its own.
	 * @param part the next of the message
	 * @param last whether the message ends with it
	 * @return this client
	 */
	public WsTestClient sendPart(String part, boolean last) {
		return sent(this.socket.sendText(part, last));
	}

	/**
	 * Sends part of a binary message, in a frame of its own.
	 * @param part the next of the message
	 * @param last whether the message ends with it
	 * @return this client
	 */
	public WsTestClient sendPart(byte[] part, boolean last) {
		return sent(this.socket.sendBinary(ByteBuffer.wrap(part), last));
	}

	/**
	 * Sends a Ping.
	 * @param payload at most 125 bytes
	 * @return this client
	 */
	public WsTestClient ping(byte[] payload) {
		return sent(this.socket.sendPing(ByteBuffer.wrap(payload)));
	}

	/**
	 * Sends a Pong that nobody has asked for.
	 * @param payload at most 125 bytes
	 * @return this client
	 */
	public WsTestClient pong(byte[] payload) {
		return sent(this.socket.sendPong(ByteBuffer.wrap(payload)));
	}

	/** The server may have closed meanwhile, which the test will see next. */
	private WsTestClient sent(CompletableFuture<WebSocket> sending) {
		try {
			sending.copy().orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			if (!this.received.endsWithin(this.timeout)) {
				throw new AssertionError("could not send within " + this.timeout, ex.getCause());
			}
		}
		return this;
	}

	/**
	 * Waits for the next message, which must be text.
	 * @return the message
	 */
	public String nextText() {
		return this.received.next("a text message", String.class, this.timeout);
	}

	/**
	 * Waits for the next message, which must be binary.
	 * @return the message
	 */
	public byte[] nextBinary() {
		return this.received.next("a binary message", byte[].class, this.timeout);
	}

	/**
	 * Waits for the next message, which must be a Pong.
	 * @return its payload
	 */
	public byte[] nextPong() {
		return this.received.next("a Pong", ReceivedMessages.Pong.class, this.timeout).payload();
	}

	/**
	 * Waits for the server's Close frame, before which nothing else may come.
	 * @return its code and reason; 1006 if the connection was lost without one
	 */
	public CloseStatus closeStatus() {
		return this.received.next("the end of the session", CloseStatus.class, this.timeout);
	}

	/**
	 * Checks that nothing comes for a while.
	 * @param time how long to wait
	 */
	public void receivesNothingFor(Duration time) {
		this.received.nothingFor(time);
	}

	/**
	 * Closes the session and waits for the server's answer.
	 * @param status code and reason: one that clients may send, which with the JDK's
	 * client is 1000 or 3000 to 4999
	 * @return the server's answer
	 */
	public CloseStatus close(CloseStatus status) {
		this.socket.sendClose(status.code(), status.reason()).join();
		return closeStatus();
	}

	/**
	 * Closes with 1000, if nobody has closed yet, and does not wait: what has not been
	 * asked for is ignored.
	 */
	@Override
	public void close() {
		if (!this.socket.isOutputClosed()) {
			this.socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
				.whenComplete((socket, failure) -> this.received.whenEnded(this.socket::abort, this.timeout));
		}
	}

	static URI uri(String scheme, int port, String pathAndQuery) {
		return URI.create(scheme + "://localhost:" + port + pathAndQuery);
	}

}
