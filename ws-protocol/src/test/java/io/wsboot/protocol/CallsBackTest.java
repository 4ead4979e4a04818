package io.wsboot.protocol;

import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener that calls {@link ServerProtocol} while it is told something.
 */
class CallsBackTest {

	private static final byte[] WIRE = new ClientBytes().text("a")
		.binary((byte) 1)
		.ping((byte) 2)
		.pong((byte) 3)
		.text("b")
		.close(1001, "")
		.bytes();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text   | text a, sends 880203E8, ping 02, sends 8A0102
			binary | text a, binary 01, sends 880203E8, ping 02, sends 8A0102
			ping   | text a, binary 01, ping 02, sends 880203E8, sends 8A0102
			sends  | text a, binary 01, ping 02, sends 8A0102, sends 880203E8
			pong   | text a, binary 01, ping 02, sends 8A0102, pong 03, sends 880203E8
			""")
	void nothingButPongsIsSentBehindClose(String kind, String before) {
		String[] events = (before + ", closed LOCAL 1000").split(", ");
		EverySplit.forEach(WIRE, (chunks) -> {
			try (Exchange exchange = Exchange.open()) {
				exchange.recorder.on(kind, () -> exchange.protocol.close(CloseStatus.NORMAL, false));
				chunks.forEach(exchange::receive);
				exchange.expect(events);
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text   | text a
			binary | text a, binary 01
			ping   | text a, binary 01, ping 02
			sends  | text a, binary 01, ping 02, sends 8A0102
			pong   | text a, binary 01, ping 02, sends 8A0102, pong 03
			""")
	void failEndsItThere(String kind, String before) {
		String[] events = (before + ", sends close 1008 at once, closed VIOLATION 1008").split(", ");
		EverySplit.forEach(WIRE, (chunks) -> {
			try (Exchange exchange = Exchange.open()) {
				exchange.recorder.on(kind, () -> exchange.protocol.fail(CloseStatus.POLICY_VIOLATION));
				chunks.forEach(exchange::receive);
				exchange.expect(events);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary", "ping", "pong" })
	void endOfInputEndsItThere(String kind) {
		EverySplit.forEach(WIRE, (chunks) -> {
			try (Exchange exchange = Exchange.open()) {
				exchange.recorder.on(kind, exchange.protocol::endOfInput);
				chunks.forEach(exchange::receive);
				List<String> events = exchange.recorder.events();
				assertThat(events).endsWith("closed LOST 1006");
				assertThat(events.get(events.size() - 2)).startsWith(kind);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "sends", "closed" })
	void afterTheLastFrameNothingHappens(String kind) {
		for (ClientBytes wire : List.of(new ClientBytes().close(1001, ""), new ClientBytes().hex("FF"),
				new ClientBytes().text("\u00E9").frame(0x81, "FF"))) {
			try (Exchange exchange = Exchange.open()) {
				exchange.recorder.on(kind, () -> callEverything(exchange.protocol));
				exchange.receive(wire);
				exchange.expect(NaiveServer.events(Exchange.LIMITS, wire.bytes()).toArray(new String[0]));
			}
		}
	}

	@Test
	void whatFailsWhileItAnswersOurCloseEndsOnce() {
		try (Exchange exchange = Exchange.open()) {
			exchange.recorder.on("sends", () -> exchange.protocol.fail(CloseStatus.POLICY_VIOLATION));
			exchange.protocol.close(CloseStatus.NORMAL, false);
			exchange.expect("sends 880203E8", "closed LOCAL 1000");
		}
	}

	@Test
	void theResponseMayBeFollowedByAClose() {
		byte[] wire = new ClientBytes().handshake().text("a").close().bytes();
		EverySplit.forEach(wire, (chunks) -> {
			try (Exchange exchange = Exchange.unopened()) {
				exchange.recorder.on("request", () -> {
					exchange.protocol.request()
						.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, Exchange.LIMITS,
								exchange.recorder);
					exchange.protocol.close(CloseStatus.GOING_AWAY, false);
				});
				chunks.forEach(exchange::receive);
				exchange.expect("request /echo", "response 101", "sends 880203E9", "closed LOCAL 1001");
			}
		});
	}

	private static void callEverything(ServerProtocol protocol) {
		protocol.close(CloseStatus.NORMAL, true);
		protocol.fail(CloseStatus.POLICY_VIOLATION);
		protocol.endOfInput();
		protocol.pause();
		protocol.resume();
	}

}
