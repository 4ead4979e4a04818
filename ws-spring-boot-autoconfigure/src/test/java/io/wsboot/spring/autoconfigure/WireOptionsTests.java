package io.wsboot.spring.autoconfigure;

import java.net.ServerSocket;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.wsboot.HandshakeDecision;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties change what a raw client sees. */
class WireOptionsTests {

	private static final int BINARY = 0x82;

	private static final int COMPRESSED = 0x40;

	private static final int FIRST_FRAGMENT = 0x02;

	private static final int MIDDLE_FRAGMENT = 0x00;

	private static final int LAST_FRAGMENT = 0x80;

	private static RunningApp app(String... arguments) {
		return RunningApp.start(List.of(Echo.class, OfAnn.class), arguments);
	}

	@Test
	void port() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		try (RunningApp app = app("--ws.server.port=" + port); RawClient client = RawClient.connect(port, "/echo")) {
			assertThat(app.port()).isEqualTo(port);
			client.send(BINARY, 1);
			assertThat(client.read().payload()).hasSize(1);
		}
	}

	@ParameterizedTest(name = "{0}: {1} bytes pass, {2} do not")
	@CsvSource({ "--ws.server.max-frame-size=1KB,1024,1025", "--ws.server.max-message-size=2KB,2048,2049" })
	void frameSize(String argument, int passes, int tooBig) throws Exception {
		String other = argument.contains("message") ? "--ws.server.max-frame-size=2KB" : "--ws.server.port=0";
		try (RunningApp app = app(argument, other); RawClient client = RawClient.connect(app.port(), "/echo")) {
			client.send(BINARY, passes);
			assertThat(client.read().payload()).hasSize(passes);
			client.send(BINARY, tooBig);
			assertThat(client.read().closeCode()).isEqualTo(1009);
		}
	}

	@Test
	void framesOfTheDefaultSizePassByDefault() throws Exception {
		try (RunningApp app = app(); RawClient client = RawClient.connect(app.port(), "/echo")) {
			client.send(BINARY, 256 * 1024);
			assertThat(client.read().payload()).hasSize(64 * 1024);
		}
	}

	@Test
	void messageSizeCountsFragments() throws Exception {
		try (RunningApp app = app("--ws.server.max-message-size=2KB", "--ws.server.max-frame-size=2KB");
				RawClient client = RawClient.connect(app.port(), "/echo")) {
			client.send(FIRST_FRAGMENT, 1024);
			client.send(LAST_FRAGMENT, 1024);
			assertThat(client.read().payload()).hasSize(2048);
			client.send(FIRST_FRAGMENT, 1024);
			client.send(LAST_FRAGMENT, 1025);
			assertThat(client.read().closeCode()).isEqualTo(1009);
		}
	}

	@Test
	void fragmentationThreshold() throws Exception {
		try (RunningApp app = app("--ws.server.fragmentation-threshold=100");
				RawClient client = RawClient.connect(app.port(), "/echo")) {
			client.send(BINARY, 250);
			List<RawClient.Frame> frames = List.of(client.read(), client.read(), client.read());
			assertThat(frames).extracting(RawClient.Frame::first)
				.containsExactly(FIRST_FRAGMENT, MIDDLE_FRAGMENT, LAST_FRAGMENT);
			assertThat(frames).extracting((frame) -> frame.payload().length).containsExactly(100, 100, 50);
			client.send(BINARY, 100);
			assertThat(client.read().first()).isEqualTo(BINARY);
		}
	}

	@Test
	void fragmentationThresholdOfZeroNeverSplits() throws Exception {
		try (RunningApp app = app("--ws.server.fragmentation-threshold=0");
				RawClient client = RawClient.connect(app.port(), "/echo")) {
			client.send(BINARY, 200 * 1024);
			RawClient.Frame frame = client.read();
			assertThat(frame.first()).isEqualTo(BINARY);
			assertThat(frame.payload()).hasSize(200 * 1024);
		}
	}

	@Test
	void compressionIsOffByDefault() throws Exception {
		try (RunningApp app = app(); RawClient client = RawClient.tcp(app.port())) {
			assertThat(client.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate"))
				.startsWith("HTTP/1.1 101 ")
				.doesNotContain("Sec-WebSocket-Extensions");
		}
	}

	@Test
	void compression() throws Exception {
		try (RunningApp app = app("--ws.server.compression.enabled=true", "--ws.server.compression.threshold=100");
				RawClient client = RawClient.tcp(app.port())) {
			assertThat(client.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate"))
				.contains("\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
						+ "client_no_context_takeover\r\n");
			client.send(BINARY, 99);
			assertThat(client.read().first()).isEqualTo(BINARY);
			client.send(BINARY, 100);
			RawClient.Frame compressed = client.read();
			assertThat(compressed.first()).isEqualTo(COMPRESSED | BINARY);
			assertThat(compressed.payload()).hasSizeLessThan(20);
		}
	}

	@Test
	void compressionWithContextTakeover() throws Exception {
		try (RunningApp app = app("--ws.server.compression.enabled=true",
				"--ws.server.compression.context-takeover=true", "--ws.server.outbound.overflow=drop-oldest");
				RawClient client = RawClient.tcp(app.port())) {
			assertThat(client.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate"))
				.contains("\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
		}
	}

	@Test
	void allowedOrigins() throws Exception {
		try (RunningApp app = app("--ws.server.allowed-origins=https://*.example.com")) {
			try (RawClient client = RawClient.tcp(app.port())) {
				assertThat(client.handshake("/echo", "Origin: https://evil.test")).startsWith("HTTP/1.1 403 ");
			}
			RawClient.connect(app.port(), "/echo", "Origin: https://chat.example.com").close();
		}
	}

	@Test
	void maxConnections() throws Exception {
		try (RunningApp app = app("--ws.server.max-connections=1");
				RawClient first = RawClient.connect(app.port(), "/echo");
				RawClient second = RawClient.tcp(app.port())) {
			assertThat(second.handshake("/echo")).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
			first.send(BINARY, 1);
			assertThat(first.read().payload()).hasSize(1);
		}
	}

	@Test
	void limitsAreCountedByName() throws Exception {
		try (RunningApp app = app("--ws.server.max-connections-per-principal=1",
				"--ws.server.max-handshakes-per-second=2", "--ws.server.inbound.max-bytes-per-second=2B");
				RawClient first = RawClient.connect(app.port(), "/ann");
				RawClient second = RawClient.tcp(app.port());
				RawClient third = RawClient.tcp(app.port())) {
			assertThat(second.handshake("/ann")).startsWith("HTTP/1.1 429 ").contains("Retry-After: ");
			assertThat(third.handshake("/ann")).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
			first.send(BINARY, 2);
			first.send(BINARY, 1);
			assertThat(first.read().closeCode()).isEqualTo(1008);
			MeterRegistry meters = app.context().getBean(MeterRegistry.class);
			for (String limit : List.of("connections_per_principal", "handshakes_per_second", "bytes_per_second")) {
				assertThat(meters.get("ws.server.limited").tag("limit", limit).counter().count()).as(limit)
					.isEqualTo(1);
			}
		}
	}

	@Test
	void trustedProxies() throws Exception {
		try (RunningApp app = app("--ws.server.trusted-proxies=127.0.0.1", "--ws.server.forwarded-headers=forwarded",
				"--ws.server.max-connections-per-address=1");
				RawClient first = RawClient.connect(app.port(), "/echo", "Forwarded: for=203.0.113.9");
				RawClient second = RawClient.connect(app.port(), "/echo", "Forwarded: for=203.0.113.10");
				RawClient third = RawClient.tcp(app.port())) {
			assertThat(third.handshake("/echo", "Forwarded: for=203.0.113.9", "X-Forwarded-For: 203.0.113.11"))
				.startsWith("HTTP/1.1 503 ");
			first.send(BINARY, 1);
			assertThat(first.read().payload()).hasSize(1);
			second.send(BINARY, 1);
			assertThat(second.read().payload()).hasSize(1);
		}
	}

	@WsEndpoint("/ann")
	static class OfAnn {

		@OnHandshake
		HandshakeDecision ann() {
			return HandshakeDecision.accept().withPrincipal(() -> "ann");
		}

		@OnMessage
		void on(byte[] bytes) {
			// the limit is what is looked at
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		byte[] on(byte[] bytes) {
			return bytes;
		}

	}

}
