package io.wsboot.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections of a trusted proxy that begin with a header of the PROXY protocol.
 */
class ProxyProtocolTest {

	private static final byte[] V1 = ascii("PROXY TCP4 203.0.113.9 10.0.0.1 51008 443\r\n");

	private static final byte[] V2 = HexFormat.of()
		.parseHex("0d0a0d0a000d0a515549540a" + "2111000c" + "cb0071090a000001c74001bb");

	private static final byte[] LOCAL = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");

	/** Tells its clients where they are. */
	private static final WsHandler WHO = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session.send(String.valueOf(session.handshake().remoteAddress()).replace("/", ""));
		}

	};

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static Consumer<WsServerOptionsBuilder> trusting(String proxies) {
		return (options) -> options
			.admission(new AdmissionOptions(1, 0, 0,
					new ProxyOptions(List.of(proxies), ProxyOptions.Headers.X_FORWARDED, true)))
			.handshake(HandshakeOptions.DEFAULTS.withHealthPath("/healthz"));
	}

	private static RunningServer server() {
		return new RunningServer(WHO, trusting("127.0.0.1"));
	}

	private static String who(RawClient client) {
		client.expectSwitch();
		client.sendText("?");
		return client.readText();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellTheClient(boolean binary) {
		try (RunningServer server = server()) {
			RawClient client = server.connect();
			client.send(binary ? V2 : V1, ascii(RawClient.head("/")), RawClient.textFrame("behind it"));
			client.expectSwitch();
			assertThat(client.readText()).isEqualTo("203.0.113.9:51008");
			assertThat(Objects
				.requireNonNull(server.server.sessions().stream().findAny().orElseThrow().handshake().remoteAddress())
				.getPort()).isEqualTo(51008);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PLAIN", "TLS_1_2", "TLS_1_3" })
	void goBeforeTls(Wire wire) {
		try (RunningServer server = wire.start(WHO, trusting("127.0.0.1"))) {
			for (byte[] header : new byte[][] { V1, V2 }) {
				RawClient client;
				if (wire == Wire.PLAIN) {
					client = server.connect();
					client.send(header);
				}
				else {
					TlsClient tls = wire.client(server);
					tls.plain().send(header);
					client = tls.shakeHands().raw();
				}
				client.send(RawClient.head("/"));
				assertThat(who(client)).isEqualTo("203.0.113.9:51008");
				client.closeInOrder();
				server.expectNothingLeft();
			}
		}
	}

	@Test
	void mayComeByteByByte() {
		try (RunningServer server = server()) {
			for (byte[] header : new byte[][] { V1, V2 }) {
				RawClient client = server.connect();
				for (byte b : header) {
					client.send(new byte[] { b });
					server.pass();
				}
				client.send(RawClient.head("/"));
				assertThat(who(client)).isEqualTo("203.0.113.9:51008");
				client.closeInOrder();
				server.expectNothingLeft();
			}
		}
	}

	@Test
	void countForTheLimitPerAddress() {
		try (RunningServer server = server()) {
			RawClient first = server.connect();
			first.send(V1, ascii(RawClient.head("/")));
			first.expectSwitch();
			RawClient second = server.connect();
			second.send(V2, ascii(RawClient.head("/")));
			assertThat(second.readResponse().status()).isEqualTo(503);
			RawClient other = server.connect();
			other.send(ascii("PROXY TCP6 2001:db8::7 2001:db8::1 51008 443\r\n"), ascii(RawClient.head("/")));
			other.expectSwitch();
		}
	}

	@Test
	void leaveLogLinesWithTheClient() {
		try (LoggedLines log = new LoggedLines("io.wsboot.server.refusals", Level.FINE);
				RunningServer server = server()) {
			RawClient client = server.connect();
			client.send(V2, ascii(RawClient.head("/nowhere")));
			assertThat(client.readResponse().status()).isEqualTo(404);
			assertThat(log.next()).endsWith("client 203.0.113.9:51008");
		}
	}

	/** Health checks of the proxy itself. */
	@ParameterizedTest
	@ValueSource(strings = { "LOCAL", "UNKNOWN" })
	void mayTellOfNobody(String kind) {
		byte[] header = kind.equals("LOCAL") ? LOCAL : ascii("PROXY UNKNOWN\r\n");
		try (RunningServer server = server()) {
			RawClient probe = server.connect();
			probe.send(header, ascii("GET /healthz HTTP/1.0\r\n\r\n"));
			assertThat(probe.readResponse().status()).isEqualTo(200);
			RawClient client = server.connect();
			// whoever that is has written the field
			client.send(header, ascii(RawClient.head("/", "X-Forwarded-For: 8.8.8.8")));
			assertThat(who(client)).isEqualTo("127.0.0.1:" + client.localPort());
		}
	}

	@Test
	void tellOfAProxyThatIsTrustedItself() {
		try (RunningServer server = server()) {
			RawClient client = server.connect();
			client.send(ascii("PROXY TCP4 127.0.0.1 10.0.0.1 51008 443\r\n"),
					ascii(RawClient.head("/", "X-Forwarded-For: 203.0.113.77")));
			assertThat(who(client)).isEqualTo("203.0.113.77:0");
			client.closeInOrder();
			server.expectNothingLeft();
			client = server.connect();
			client.send(V2, ascii(RawClient.head("/", "X-Forwarded-For: 203.0.113.77")));
			assertThat(who(client)).isEqualTo("203.0.113.9:51008");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'GET / HTTP/1.1\r\nHost: h\r\n\r\n', no PROXY header",
			"'PROXY TCP4 1.1.1.1 1.1.1.1 1 x\r\n', names no TCP connection", "'\u0016\u0003\u0001', no PROXY header" })
	void mustBeThereIfAProxyConnects(String sent, String reason) {
		try (LoggedLines log = new LoggedLines("io.wsboot.server.refusals", Level.FINE);
				RunningServer server = server()) {
			RawClient client = server.connect();
			client.send(sent);
			client.expectEnd();
			assertThat(log.next()).contains(reason)
				.endsWith("path -, origin -, client 127.0.0.1:" + client.localPort());
			server.expectNothingLeft();
		}
	}

	@Test
	void mustComeInTime() {
		try (RunningServer server = server()) {
			RawClient silent = server.connect();
			RawClient slow = server.connect();
			slow.send(ascii("PROXY TCP4 "));
			Awaitility.await().until(() -> server.onLoop(server.loops().get(0).timers()::size) == 2);
			server.clock.advance(Duration.ofSeconds(11));
			silent.expectEnd();
			slow.expectEnd();
			RawClient gone = server.connect();
			gone.send(ascii("PROXY"));
			gone.close();
			server.expectNothingLeft();
		}
	}

	@Test
	void areNotWaitedForWhenTheServerStops() {
		RunningServer server = server();
		server.connect().send(ascii("PROXY"));
		server.pass();
		server.close();
		assertThat(server.server.sockets()).isZero();
	}

	@Test
	void areNotBelievedOfOthers() {
		try (RunningServer server = new RunningServer(WHO, trusting("10.0.0.0/8"))) {
			RawClient client = server.open("/");
			client.sendText("?");
			assertThat(client.readText()).isEqualTo("127.0.0.1:" + client.localPort());
			for (byte[] header : new byte[][] { V1, V2 }) {
				RawClient liar = server.connect();
				liar.send(header, ascii(RawClient.head("/")));
				assertThat(liar.readResponse().status()).isEqualTo(400);
			}
		}
	}

	@Test
	void needSomebodyToTrust() {
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> new ProxyOptions(List.of(), ProxyOptions.Headers.X_FORWARDED, true))
			.withMessage("proxy-protocol is true but trusted-proxies must say whose connections begin with its header");
	}

}
