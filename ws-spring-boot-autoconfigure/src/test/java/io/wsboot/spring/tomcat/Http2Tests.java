package io.wsboot.spring.tomcat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletException;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A connector that speaks HTTP/2, too. */
class Http2Tests {

	private final HttpClient http = HttpClient.newBuilder().sslContext(SharedTomcat.CLIENT_TLS).build();

	private static SharedTomcat.Setup setup() {
		return new SharedTomcat.Setup().connector((connector) -> connector.addUpgradeProtocol(new Http2Protocol()))
			.options((options) -> options.maxConnections(1));
	}

	private HttpResponse<String> get(SharedTomcat server, String path) throws Exception {
		HttpResponse<String> response = this.http
			.send(HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
				.header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
				.header("Sec-WebSocket-Version", "13")
				.build(), BodyHandlers.ofString());
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
		return response;
	}

	/** RFC 9113 §8.2.2: without {@code Upgrade}, and §8.6: no upgrade. */
	@Test
	void streamsAreRefused() throws Exception {
		try (SharedTomcat server = setup().start(Way.TLS_SOCKET)) {
			HttpResponse<String> response = get(server, "/echo");
			assertThat(response.statusCode()).isEqualTo(426);
			assertThat(response.headers().map()).doesNotContainKeys("upgrade", "connection");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_SOCKET", "TLS_WIRE", "TLS_NIO2" })
	void streamsAreNotHandedOver(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way)) {
			assertThat(get(server, "/forced").statusCode()).isEqualTo(500);
			assertThat(server.failures).singleElement().isInstanceOf(ServletException.class);
			try (Client client = Client.open(server)) {
				client.expectEcho("the room has been given back");
			}
		}
	}

	/** Clients that ask for HTTP/1.1 in ALPN, as those of WebSockets do. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_SOCKET", "TLS_WIRE", "TLS_NIO2" })
	void clientsUseHttp11(Way way) throws Exception {
		try (SharedTomcat server = setup().start(way)) {
			CompletableFuture<String> text = new CompletableFuture<>();
			WebSocket client = this.http.newWebSocketBuilder()
				.buildAsync(URI.create("wss://localhost:" + server.port() + "/echo"), new WebSocket.Listener() {

					@Override
					public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
						text.complete(data.toString());
						return CompletableFuture.completedFuture(null);
					}

				})
				.get(10, TimeUnit.SECONDS);
			client.sendText("carrier", true);
			assertThat(text.get(10, TimeUnit.SECONDS)).isEqualTo(way.carrier.toString());
			client.sendClose(1000, "").get(10, TimeUnit.SECONDS);
			server.expectSessions(0);
		}
	}

}
