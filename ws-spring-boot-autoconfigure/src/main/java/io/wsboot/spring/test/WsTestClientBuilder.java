package io.wsboot.spring.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLContext;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/** Chooses how a {@link WsTestClient} connects. Not thread-safe. */
public final class WsTestClientBuilder {

	/**
	 * Shared by all clients without a TLS context of their own, as each
	 * {@code HttpClient} has a thread.
	 */
	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private final List<Headers.Field> headers = new ArrayList<>();

	private List<String> subprotocols = List.of();

	private @Nullable SSLContext tls;

	private Duration timeout = DEFAULT_TIMEOUT;

	WsTestClientBuilder() {
	}

	/**
	 * Adds a header field to the handshake.
	 * @param name the name of the field, such as {@code Authorization}
	 * @param value the value of the field
	 * @return this builder
	 */
	public WsTestClientBuilder header(String name, String value) {
		this.headers.add(new Headers.Field(name, value));
		return this;
	}

	/**
	 * Offers subprotocols.
	 * @param names the names, best first
	 * @return this builder
	 */
	public WsTestClientBuilder subprotocols(String... names) {
		this.subprotocols = List.of(names);
		return this;
	}

	/**
	 * Connects with TLS.
	 * @param context decides whom to trust, and has the client's certificate if there is
	 * one
	 * @return this builder
	 */
	public WsTestClientBuilder tls(SSLContext context) {
		this.tls = context;
		return this;
	}

	/**
	 * Sets how long the client waits for anything. The default is 10 s.
	 * @param timeout more than zero
	 * @return this builder
	 */
	public WsTestClientBuilder timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/**
	 * Connects to {@code localhost}, and waits until the session is open.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery the path, from the slash on, and the query
	 * @return the client
	 * @throws HandshakeRefusedException if the server refuses
	 */
	public WsTestClient connect(int port, String pathAndQuery) {
		URI uri = WsTestClient.uri((this.tls != null) ? "wss" : "ws", port, pathAndQuery);
		ReceivedMessages received = new ReceivedMessages();
		try {
			return new WsTestClient(handshake().buildAsync(uri, received).join(), received, this.timeout);
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused) {
				HttpResponse<?> response = refused.getResponse();
				throw new HandshakeRefusedException(uri, response.statusCode(), response.headers());
			}
			throw new AssertionError("could not connect to " + uri, ex.getCause());
		}
	}

	/**
	 * Connects and expects a refusal: fails the test if the server accepts.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery the path, from the slash on, and the query
	 * @return the server's answer
	 */
	public HandshakeRefusedException refusal(int port, String pathAndQuery) {
		try (WsTestClient client = connect(port, pathAndQuery)) {
			throw new AssertionError("expected the server to refuse " + pathAndQuery + ", but it has accepted"
					+ client.subprotocol().map((name) -> " with subprotocol " + name).orElse(""));
		}
		catch (HandshakeRefusedException ex) {
			return ex;
		}
	}

	private WebSocket.Builder handshake() {
		HttpClient http = (this.tls != null) ? HttpClient.newBuilder().sslContext(this.tls).build() : HTTP;
		WebSocket.Builder handshake = http.newWebSocketBuilder().connectTimeout(this.timeout);
		this.headers.forEach((field) -> handshake.header(field.name(), field.value()));
		if (!this.subprotocols.isEmpty()) {
			String[] names = this.subprotocols.toArray(new String[0]);
			handshake.subprotocols(names[0], Arrays.copyOfRange(names, 1, names.length));
		}
		return handshake;
	}

}
