package io.wsboot.spring.reactor;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.spring.autoconfigure.TestCertificate;
import io.wsboot.spring.reactor.HandOverTests.Echo;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import static io.wsboot.spring.reactor.FrameClient.request;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Servers that speak HTTP/2 too, in which there is no upgrade (RFC 9113 §8.6). */
class Http2Tests {

	private static NettyApp start(Transport transport) {
		GenericSslContextSpec<?> tls = Http2SslContextSpec.forServer(NettyApp.CERTIFICATE.key(),
				NettyApp.CERTIFICATE.certificate());
		return NettyApp.start(transport,
				(server) -> server.handler("/echo", new Echo(),
						EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)),
				(http) -> transport.tls
						? http.protocol(HttpProtocol.H2, HttpProtocol.HTTP11).secure((spec) -> spec.sslContext(tls))
						: http.protocol(HttpProtocol.H2C, HttpProtocol.HTTP11));
	}

	@ParameterizedTest
	@EnumSource
	void upgradesComeOverHttp1(Transport transport) throws Exception {
		try (NettyApp app = start(transport); FrameClient client = app.client()) {
			client.send(request("/echo"), text("hello"));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(client.readText()).isEqualTo("hello");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsOfHttp2AreRefusedAndTheConnectionLives(Transport transport) throws Exception {
		try (NettyApp app = start(transport)) {
			HttpClient client = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_2)
				.sslContext(TestCertificate.onlyTrusting(NettyApp.CERTIFICATE))
				.build();
			String base = (transport.tls ? "https" : "http") + "://localhost:" + app.http().port();
			for (int i = 0; i < 3; i++) {
				HttpResponse<String> page = get(client, base + "/http");
				assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
				assertThat(page.body()).isEqualTo("a page");
				HttpResponse<String> refused = get(client, base + "/echo");
				assertThat(refused.statusCode()).isEqualTo(426);
				assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
				assertThat(refused.headers().firstValue("upgrade")).isEmpty();
				assertThat(refused.headers().firstValue("connection")).isEmpty();
			}
			// A client that prefers HTTP/2 comes over HTTP/1.1
			WebSocket socket = client.newWebSocketBuilder()
				.buildAsync(URI.create(base.replace("http", "ws") + "/echo"), new WebSocket.Listener() {
				})
				.get(20, TimeUnit.SECONDS);
			socket.abort();
		}
	}

	private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
		return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
	}

}
