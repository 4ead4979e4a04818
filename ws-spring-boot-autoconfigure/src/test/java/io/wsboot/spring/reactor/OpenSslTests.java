package io.wsboot.spring.reactor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.spring.reactor.HandOverTests.Echo;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.wsboot.spring.reactor.FrameClient.frame;
import static io.wsboot.spring.reactor.FrameClient.get;
import static io.wsboot.spring.reactor.FrameClient.request;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * OpenSSL in the place of the JDK's TLS: Netty keeps the socket, and frees what OpenSSL
 * keeps for the connection.
 */
class OpenSslTests {

	private final Echo echo = new Echo();

	@BeforeAll
	static void isThere() {
		assumeThat(OpenSsl.isAvailable()).as("netty-tcnative has OpenSSL for this platform").isTrue();
	}

	private Server start(Transport transport, SslProvider provider) throws Exception {
		SslContext tls = SslContextBuilder.forServer(NettyApp.CERTIFICATE.key(), NettyApp.CERTIFICATE.certificate())
			.sslProvider(provider)
			.build();
		NettyApp app = NettyApp.start(transport,
				(server) -> server.handler("/echo", this.echo,
						EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)),
				(http) -> http.secure((spec) -> spec.sslContext(tls)));
		return new Server(app, tls);
	}

	@ParameterizedTest
	@CsvSource({ "TLS_NIO_SOCKET, OPENSSL", "TLS_NIO_SOCKET, OPENSSL_REFCNT", "TLS_EPOLL, OPENSSL",
			"TLS_EPOLL, OPENSSL_REFCNT" })
	void sessionsHaveAWire(Transport transport, SslProvider provider) throws Exception {
		try (Server server = start(transport, provider); FrameClient client = server.app.client()) {
			client.send(get("/http")).response();
			ReferenceCounted engine = server.engines().findFirst().orElseThrow();
			assertThat(engine.refCnt()).isEqualTo(1);
			client.send(request("/echo"), text("in the record"), text("of the request"));
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(SessionStats.of(this.echo.opened()).carrier()).isEqualTo(Carrier.WIRE);
			assertThat(client.readText()).isEqualTo("in the record");
			assertThat(client.readText()).isEqualTo("of the request");
			byte[] big = new byte[60_000];
			client.send(frame(0x82, big));
			assertThat(client.read(0x82)).isEqualTo(big);
			client.closeInOrder();
			assertThat(this.echo.closed()).isEqualTo(1000);
			server.app.expectNothingLeft();
			await().until(() -> engine.refCnt() == 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_NIO_SOCKET, OPENSSL", "TLS_EPOLL, OPENSSL_REFCNT" })
	void enginesAreFreedHoweverSessionsEnd(Transport transport, SslProvider provider) throws Exception {
		try (Server server = start(transport, provider)) {
			List<FrameClient> clients = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				clients.add(server.app.client().open("/echo"));
			}
			List<ReferenceCounted> engines = server.engines().toList();
			assertThat(engines).hasSize(40).allMatch((engine) -> engine.refCnt() == 1);
			for (int i = 0; i < clients.size(); i++) {
				FrameClient client = clients.get(i);
				switch (i % 3) {
					case 0 -> client.closeInOrder();
					case 1 -> client.close();
					default -> client.send(text("lost"), new byte[] { (byte) 0x81, (byte) 0xFE }).reset();
				}
			}
			server.app.expectNothingLeft();
			await().until(() -> engines.stream().allMatch((engine) -> engine.refCnt() == 0));
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_NIO_SOCKET, OPENSSL", "TLS_EPOLL, OPENSSL" })
	void enginesAreFreedIfTheServerStops(Transport transport, SslProvider provider) throws Exception {
		try (Server server = start(transport, provider); FrameClient client = server.app.client()) {
			client.open("/echo");
			this.echo.opened(); // behind the 101
			ReferenceCounted engine = server.engines().findFirst().orElseThrow();
			server.app.engine().stop();
			assertThat(client.readClose()).isEqualTo(1001);
			client.socket.close();
			server.app.expectNothingLeft();
			await().until(() -> engine.refCnt() == 0);
		}
	}

	/**
	 * A server inside OpenSSL.
	 *
	 * @param app the server
	 * @param tls keeps memory of OpenSSL, too
	 */
	private record Server(NettyApp app, SslContext tls) implements AutoCloseable {

		/** The engines of the connections. */
		Stream<ReferenceCounted> engines() {
			return this.app.channels()
				.stream()
				.map((channel) -> channel.pipeline().get(SslHandler.class))
				.filter((handler) -> handler != null)
				.map((handler) -> (ReferenceCounted) handler.engine());
		}

		@Override
		public void close() {
			this.app.close();
			ReferenceCountUtil.release(this.tls);
		}

	}

}
