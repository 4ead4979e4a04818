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
 * A WebSocket client for tests of endpoints. The client waits for what the test expects,
 * and fails the test with an {@link AssertionError} if anything else comes, or nothing
 * within the timeout. The JDK's client underneath speaks to the server over a real
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
 * For use by one thread.
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
	 * @param pathAndQuery the path, from the slash on, and the query
	 * @return the client
	 * @throws HandshakeRefusedException if the server refuses
	 */
	public static WsTestClient connect(int port, String pathAndQuery) {
		return builder().connect(port, pathAndQuery);
	}

	/**
	 * Connects and expects a refusal: fails the test if the server accepts.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery the path, from the slash on, and the query
	 * @return the server's answer
	 */
	public static HandshakeRefusedException refusal(int port, String pathAndQuery) {
		return builder().refusal(port, pathAndQuery);
	}

	/**
	 * Returns a builder for header fields, subprotocols, TLS or another timeout.
	 * @return a new builder
	 */
	public static WsTestClientBuilder builder() {
		return new WsTestClientBuilder();
	}

	/**
	 * Returns the subprotocol that the server has selected.
	 * @return the name, empty if there is none
	 */
	public Optional<String> subprotocol() {
		return Optional.of(this.socket.getSubprotocol()).filter((name) -> !name.isEmpty());
	}

	/**
	 * Sends a text message. Only the server's next answer shows whether the server took
	 * the message.
	 * @param text the message
	 * @return this client
	 */
	public WsTestClient send(String text) {
		return sendPart(text, true);
	}

	/**
	 * Sends a binary message. Only the server's next answer shows whether the server took
	 * the message.
	 * @param payload the message
	 * @return this client
	 */
	public WsTestClient send(byte[] payload) {
		return sendPart(payload, true);
	}

	/**
	 * Sends part of a text message, in a frame of its own.
	 * @param part the next part of the message
	 * @param last whether this part ends the message
	 * @return this client
	 */
	public WsTestClient sendPart(String part, boolean last) {
		return sent(this.socket.sendText(part, last));
	}

	/**
	 * Sends part of a binary message, in a frame of its own.
	 * @param part the next part of the message
	 * @param last whether this part ends the message
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
	 * Sends an unsolicited Pong.
	 * @param payload at most 125 bytes
	 * @return this client
	 */
	public WsTestClient pong(byte[] payload) {
		return sent(this.socket.sendPong(ByteBuffer.wrap(payload)));
	}

	/**
	 * Ignores a failure if the server has closed meanwhile: the test sees the end next.
	 */
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
	 * Waits for the next message and expects text.
	 * @return the message
	 */
	public String nextText() {
		return this.received.next("a text message", String.class, this.timeout);
	}

	/**
	 * Waits for the next message and expects a binary one.
	 * @return the message
	 */
	public byte[] nextBinary() {
		return this.received.next("a binary message", byte[].class, this.timeout);
	}

	/**
	 * Waits for the next message and expects a Pong.
	 * @return the payload of the Pong
	 */
	public byte[] nextPong() {
		return this.received.next("a Pong", ReceivedMessages.Pong.class, this.timeout).payload();
	}

	/**
	 * Waits for the server's Close frame and expects nothing before it.
	 * @return code and reason; 1006 if the connection was lost without a Close frame
	 */
	public CloseStatus closeStatus() {
		return this.received.next("the end of the session", CloseStatus.class, this.timeout);
	}

	/**
	 * Expects that nothing comes for a while.
	 * @param time how long to wait
	 */
	public void receivesNothingFor(Duration time) {
		this.received.nothingFor(time);
	}

	/**
	 * Closes the session and waits for the server's answer.
	 * @param status code and reason; the code is one that clients may send, with the
	 * JDK's client 1000 or 3000 to 4999
	 * @return the server's answer
	 */
	public CloseStatus close(CloseStatus status) {
		this.socket.sendClose(status.code(), status.reason()).join();
		return closeStatus();
	}

	/**
	 * Closes the session with 1000, unless it is closed already, and does not wait.
	 * Messages that the test has not read are ignored.
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
