package io.wsboot.spring.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wsboot.HandshakeRequest;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;

/** A reverse proxy or a gateway stands before the web server whose port is shared. */
@ParameterizedClass
@MethodSource("servers")
class ForwardedTests {

	/** What a proxy for the clients of {@code app.example} adds. */
	private static final String PROXY = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
			+ "X-Forwarded-Host: app.example\r\nX-Forwarded-Port: 443\r\nX-Forwarded-Prefix: /public\r\n"
			+ "Via: 1.1 proxy\r\nX-Request-Id: 0123456789abcdef\r\n";

	@Parameter
	private SharedServer server;

	private static SharedApp app;

	static List<SharedServer> servers() {
		return List.of(SharedServer.values());
	}

	@BeforeParameterizedClassInvocation
	static void start(SharedServer server) {
		app = run(server, "server.forward-headers-strategy=native");
	}

	private static SharedApp run(SharedServer server, String... properties) {
		List<Class<?>> beans = new ArrayList<>(server.beans);
		beans.addAll(List.of(Who.class, Meters.class));
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(server.selection);
		return SharedApp.start(server.type, beans, all.toArray(new String[0]));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		app.close();
	}

	@Test
	void theClientIsTheOneBehindTheProxy() {
		try (WsTestClient client = WsTestClient.builder()
			.header("X-Forwarded-For", "192.0.2.7")
			.header("X-Forwarded-Proto", "https")
			.connect(app.port(), "/who")) {
			assertThat(client.nextText()).isEqualTo("192.0.2.7");
		}
	}

	@Test
	void pagesOfTheHostThatTheProxyNamesMayConnect() {
		assertThat(handshake(app, "/who", PROXY, "Origin: https://app.example\r\n")).startsWith("HTTP/1.1 101 ");
		assertThat(handshake(app, "/who", PROXY, "Origin: https://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
	}

	/** Without a word about proxies nobody believes them. */
	@Test
	void aStrangerWhoForgesFieldsIsNotBelieved() {
		try (SharedApp own = run(this.server);
				WsTestClient client = WsTestClient.builder()
					.header("X-Forwarded-For", "192.0.2.7")
					.connect(own.port(), "/who")) {
			assertThat(client.nextText()).isEqualTo("127.0.0.1");
			assertThat(handshake(own, "/who", PROXY, "Origin: https://app.example\r\n")).startsWith("HTTP/1.1 403 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection: keep-alive, Upgrade\r\n", "connection: upgrade\r\n",
			"Connection: close, Upgrade\r\n" })
	void proxiesWriteConnectionInManyWays(String connection) {
		String handshake = HANDSHAKE.replace("Connection: Upgrade\r\n", connection);
		assertThat(app.http("GET", "/who", handshake)).startsWith("HTTP/1.1 101 ");
	}

	/** Where somebody looks who wants to know on which port handshakes fail. */
	@Test
	void handshakesAreCountedByPort() {
		handshake(app, "/who", PROXY, "Origin: https://evil.example\r\n");
		MeterRegistry meters = app.context().getBean(MeterRegistry.class);
		assertThat(meters.get("ws.server.handshakes").tags("port", "shared", "status", "403").timer().count())
			.isPositive();
		assertThat(meters.find("ws.server.handshakes").tags("port", "own").timer()).isNull();
	}

	private static String handshake(SharedApp app, String path, String... fields) {
		return app.http("GET", path, HANDSHAKE + String.join("", fields));
	}

	@WsEndpoint("/who")
	static class Who {

		@OnOpen
		String who(HandshakeRequest request) {
			return request.remoteAddress().getAddress().getHostAddress();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
