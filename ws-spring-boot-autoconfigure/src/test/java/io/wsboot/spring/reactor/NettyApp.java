package io.wsboot.spring.reactor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.spring.autoconfigure.TestCertificate;
import org.awaitility.Awaitility;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket server without a listener behind a real server of Reactor Netty.
 *
 * @param engine the WebSocket server
 * @param http the HTTP server
 * @param channels the channels of the HTTP server
 * @param transport Netty's transport
 * @param loops Netty's event loops
 */
record NettyApp(WsServer engine, DisposableServer http, ChannelGroup channels, Transport transport,
		LoopResources loops) implements AutoCloseable {

	static final TestCertificate CERTIFICATE = TestCertificate.of("reactor");

	static {
		LoggingSystem logging = LoggingSystem.get(NettyApp.class.getClassLoader());
		List.of("io.netty", "reactor", "org.springframework")
			.forEach((name) -> logging.setLogLevel(name, LogLevel.ERROR));
	}

	private static final DefaultEventExecutor GROUPS = new DefaultEventExecutor();

	/** How bytes come to the server. */
	enum Transport {

		NIO_SOCKET(false, true, false), NIO_WIRE(false, false, false), EPOLL(true, true, false),
		TLS_NIO_SOCKET(false, true, true), TLS_NIO_WIRE(false, false, true), TLS_EPOLL(true, true, true);

		final boolean epoll, takeOver, tls;

		Transport(boolean epoll, boolean takeOver, boolean tls) {
			this.epoll = epoll;
			this.takeOver = takeOver;
			this.tls = tls;
		}

		Carrier carrier() {
			return (this.takeOver && !this.epoll) ? Carrier.SOCKET : Carrier.WIRE;
		}

	}

	static NettyApp start(Transport transport, Consumer<WsServerBuilder> endpoints) {
		return start(transport, endpoints, (http) -> http);
	}

	static NettyApp start(Transport transport, Consumer<WsServerBuilder> endpoints,
			UnaryOperator<HttpServer> settings) {
		WsServerBuilder builder = WsServer.builder().withoutListener();
		endpoints.accept(builder);
		WsServer engine = builder.start();
		ReactorUpgrades upgrades = new ReactorUpgrades(engine::upgrades, transport.takeOver);
		WebHandler handler = (exchange) -> exchange.getRequest().getPath().value().startsWith("/http") ? page(exchange)
				: upgrades.upgrade(exchange);
		LoopResources loops = LoopResources.create("reactor-test", 1, 2, true);
		ChannelGroup channels = new DefaultChannelGroup(GROUPS);
		HttpServer http = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(loops, transport.epoll)
			.channelGroup(channels)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler).build()));
		if (transport.tls) {
			SslContext tls = tls();
			http = http.secure((spec) -> spec.sslContext(tls));
		}
		DisposableServer server = settings.apply(new PreparedServer(() -> true).apply(http)).bindNow();
		return new NettyApp(engine, server, channels, transport, loops);
	}

	private static SslContext tls() {
		try {
			return SslContextBuilder.forServer(CERTIFICATE.key(), CERTIFICATE.certificate())
				.sslProvider(SslProvider.JDK) // else OpenSSL, as that is there
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Mono<Void> page(ServerWebExchange exchange) {
		byte[] content = FrameClient.bytes("a page");
		exchange.getResponse().getHeaders().setContentLength(content.length);
		DataBuffer body = exchange.getResponse().bufferFactory().wrap(content);
		return exchange.getResponse().writeWith(Mono.just(body));
	}

	FrameClient client() throws IOException {
		return FrameClient.tcp(this.http.port(), this.transport.tls);
	}

	long sessions() {
		return this.engine.stats().endpoints().stream().mapToLong(EndpointStats::connections).sum();
	}

	/** Waits until neither server knows a connection. The listening channel stays. */
	void expectNothingLeft() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(sessions()).as("sessions").isZero();
			assertThat(connections()).as("channels").isZero();
		});
	}

	long connections() {
		return this.channels.stream().filter((channel) -> channel.parent() != null).count();
	}

	@Override
	public void close() {
		this.engine.close();
		this.http.disposeNow(Duration.ofSeconds(10));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block(Duration.ofSeconds(20));
	}

}
