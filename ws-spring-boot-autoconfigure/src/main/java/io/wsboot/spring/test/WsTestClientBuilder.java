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

/**
 * Says how a {@link WsTestClient} connects.
 */
public final class WsTestClientBuilder {

	/** Each has a thread of its own, so one serves all that need no other TLS. */
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
	 * @param name its name, such as {@code Authorization}
	 * @param value its value
	 * @return this builder
	 */
	public WsTestClientBuilder header(String name, String value) {
		this.headers.add(new Headers.Field(name, value));
		return this;
	}

	/**
	 * Offers subprotocols.
	 * @param names their names, best first
	 * @return this builder
	 */
	public WsTestClientBuilder subprotocols(String... names) {
		this.subprotocols = List.of(names);
		return this;
	}

	/**
	 * Connects with TLS.
	 * @param context what to trust, and who to be
	 * @return this builder
	 */
	public WsTestClientBuilder tls(SSLContext context) {
		this.tls = context;
		return this;
	}

	/**
	 * How long to wait for anything; by default 10 s.
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
	 * @param pathAndQuery what to connect to, from the slash on
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
	 * Connects in vain: fails the test if the server accepts.
	 * @param port the server's port, see {@link LocalWsPort}
	 * @param pathAndQuery what to connect to, from the slash on
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
