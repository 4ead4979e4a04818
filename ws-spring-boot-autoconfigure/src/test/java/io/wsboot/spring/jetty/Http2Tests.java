package io.wsboot.spring.jetty;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP/2 beside WebSockets on HTTP/1.1. */
class Http2Tests {

	/** RFC 9113 §3.4, and an empty SETTINGS frame. */
	private static final byte[] PREFACE = RawClient.join(
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
			HexFormat.of().parseHex("000000" + "04" + "00" + "00000000"));

	private static final int ENABLE_CONNECT_PROTOCOL = 0x8;

	@ParameterizedTest
	@EnumSource
	void aClientOfHttp2OpensWebSocketsOverHttp11(Way way) throws Exception {
		try (JettyHost host = new JettyHost.Builder(way).http2().start()) {
			HttpClient client = HttpClient.newBuilder().sslContext(JettyHost.TRUSTING).version(Version.HTTP_2).build();
			assertThat(get(client, host, way, "/hello").version()).isEqualTo(Version.HTTP_2);
			CompletableFuture<String> echo = new CompletableFuture<>();
			WebSocket socket = client.newWebSocketBuilder()
				.buildAsync(uri(host, way.isSecure() ? "wss" : "ws", "/ws/echo"), new WebSocket.Listener() {

					@Override
					public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
						echo.complete(data.toString());
						return CompletableFuture.completedFuture(null);
					}

				})
				.get(10, TimeUnit.SECONDS);
			socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
			assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(host.carrier()).isEqualTo(way.carrier());
			socket.abort();
			assertThat(get(client, host, way, "/hello").version()).isEqualTo(Version.HTTP_2);
		}
	}

	/** An endpoint's path is no resource of HTTP/2. */
	@ParameterizedTest
	@EnumSource
	void aRequestOverHttp2IsRefused(Way way) throws Exception {
		try (JettyHost host = new JettyHost.Builder(way).http2().start()) {
			HttpClient client = HttpClient.newBuilder().sslContext(JettyHost.TRUSTING).version(Version.HTTP_2).build();
			get(client, host, way, "/hello"); // the connection may have been upgraded
			HttpResponse<String> response = get(client, host, way, "/ws/echo");
			assertThat(response.version()).isEqualTo(Version.HTTP_2);
			assertThat(response.statusCode()).isBetween(400, 499);
			assertThat(response.headers().firstValue("upgrade")).isEmpty();
		}
	}

	/** RFC 8441 §3. */
	@Test
	void jettyDoesNotOfferExtendedConnect() throws IOException {
		try (JettyHost host = new JettyHost.Builder(Way.SOCKET).http2().start();
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(PREFACE);
			DataInputStream in = new DataInputStream(socket.getInputStream());
			int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
			assertThat(in.readUnsignedByte()).as("SETTINGS").isEqualTo(4);
			in.skipNBytes(5);
			for (int i = 0; i < length; i += 6) {
				int setting = in.readUnsignedShort();
				int value = in.readInt();
				if (setting == ENABLE_CONNECT_PROTOCOL) {
					assertThat(value).isZero();
				}
			}
		}
	}

	private static HttpResponse<String> get(HttpClient client, JettyHost host, Way way, String path) throws Exception {
		return client.send(HttpRequest.newBuilder(uri(host, way.isSecure() ? "https" : "http", path)).build(),
				BodyHandlers.ofString());
	}

	private static URI uri(JettyHost host, String scheme, String path) {
		return URI.create(scheme + "://localhost:" + host.port() + path);
	}

}
