package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.wsboot.ClientBytes;
import io.wsboot.EverySplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A paused {@link ServerProtocol} leaves bytes where they are.
 */
class PauseTest {

	private static final byte[] WIRE = new ClientBytes().text("one")
		.binary((byte) 2)
		.frame(TEXT, "7468")
		.ping((byte) 7)
		.frame(FIN | CONTINUATION, "726565")
		.pong()
		.text("")
		.close(1000, "")
		.bytes();

	private static final String[] EVENTS = { "text one", "binary 02", "ping 07", "sends 8A0107", "text three", "pong ",
			"text ", "sends 880203E8", "closed PEER 1000" };

	@Test
	void theMessageOfTheCallbackIsTheLastUntilResumed() {
		try (Exchange exchange = Exchange.open()) {
			exchange.recorder.on("text", exchange.protocol::pause);
			ByteBuffer in = Exchange.lend(new ClientBytes().text("a").text("b").text("c").bytes());
			for (String text : new String[] { "a", "b", "c" }) {
				exchange.protocol.receive(in);
				exchange.expect("text " + text);
				assertThat(exchange.protocol.reads()).isFalse();
				exchange.protocol.receive(in);
				exchange.expect();
				exchange.protocol.resume();
				assertThat(exchange.protocol.reads()).isTrue();
			}
			assertThat(in.hasRemaining()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "binary", "ping", "pong", "sends" })
	void changesNothingWhenWhatIsLeftIsOfferedAgain(String kind) {
		EverySplit.forEach(WIRE, (chunks) -> {
			try (Exchange exchange = Exchange.open()) {
				exchange.recorder.on(kind, exchange.protocol::pause);
				for (ByteBuffer chunk : chunks) {
					exchange.protocol.receive(chunk);
					while (!exchange.protocol.reads()) {
						int left = exchange.recorder.isClosed() ? 0 : chunk.remaining();
						exchange.protocol.receive(chunk);
						assertThat(chunk.remaining()).as("bytes left by a paused reader").isEqualTo(left);
						exchange.protocol.resume();
						exchange.protocol.receive(chunk);
					}
					assertThat(chunk.hasRemaining()).isFalse();
				}
				exchange.expect(EVENTS);
			}
		});
	}

	@Test
	void maySetInAnywhere() {
		for (int cut = 0; cut <= WIRE.length; cut++) {
			try (Exchange exchange = Exchange.open()) {
				exchange.receive(Arrays.copyOf(WIRE, cut));
				exchange.protocol.pause();
				ByteBuffer rest = Exchange.lend(Arrays.copyOfRange(WIRE, cut, WIRE.length));
				int left = rest.remaining();
				exchange.protocol.receive(rest);
				assertThat(rest.remaining()).isEqualTo(left);
				exchange.protocol.resume();
				exchange.receive(rest);
				exchange.expect(EVENTS);
			}
		}
	}

	@Test
	void doesNotKeepTheEndOfInputBack() {
		try (Exchange exchange = Exchange.open()) {
			exchange.protocol.pause();
			exchange.protocol.endOfInput();
			exchange.expect("closed LOST 1006");
		}
	}

}
