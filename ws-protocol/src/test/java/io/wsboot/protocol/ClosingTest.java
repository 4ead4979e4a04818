package io.wsboot.protocol;

import java.util.Arrays;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.CLOSE;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static io.wsboot.protocol.Exchange.everySplit;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a conversation with {@link ServerProtocol} ends.
 */
class ClosingTest {

	private static final CloseStatus BYE = new CloseStatus(4001, "bye");

	private static final String BYE_FRAME = "sends 88050FA1627965";

	private final Exchange exchange = Exchange.open();

	private final ServerProtocol protocol = this.exchange.protocol;

	@AfterEach
	void nothingIsLeft() {
		this.exchange.close();
	}

	@Nested
	class Section5_5_1_Close {

		@Test
		void isAnsweredWithItsCodeButNotItsReason() {
			everySplit(new ClientBytes().close(), "sends 8800", "closed PEER 1005");
			everySplit(new ClientBytes().close(1000, ""), "sends 880203E8", "closed PEER 1000");
			everySplit(new ClientBytes().close(3000, "\u00E9\u20AC"), "sends 88020BB8",
					"closed PEER 3000 \u00E9\u20AC");
			everySplit(new ClientBytes().close(4999, "x".repeat(123)), "sends 88021387",
					"closed PEER 4999 " + "x".repeat(123));
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535 })
		void mayNotCarryACodeThatIsNone(int code) {
			everySplit(new ClientBytes().close(code, "x"), "sends close 1002", "closed VIOLATION 1002");
		}

		@ParameterizedTest
		@CsvSource({ "03,1002", "03E8FF,1007", "03E8E282,1007" })
		void mayNotCarryHalfACodeOrABadReason(String payload, int code) {
			everySplit(new ClientBytes().frame(FIN | CLOSE, payload), "sends close " + code,
					"closed VIOLATION " + code);
		}

		@Test
		void isTheLastThatIsRead() {
			everySplit(new ClientBytes().close(1000, "").text("a").ping().close(1001, "").hex("FFFF"), "sends 880203E8",
					"closed PEER 1000");
		}

		@Test
		void ofOursIsAnsweredByThatOfThePeer() {
			protocol.close(BYE, false);
			assertThat(protocol.mayClose()).isFalse();
			exchange.expect(BYE_FRAME);
			exchange.receive(new ClientBytes().close(4001, "")).expect("closed LOCAL 4001 bye");
		}

		@ParameterizedTest
		@ValueSource(ints = { 1000, 1001, 4999 })
		void ofOursCountsWhateverThePeerAnswers(int code) {
			protocol.close(BYE, true);
			exchange.expect("sends close 4001 at once");
			exchange.receive(new ClientBytes().close(code, "no")).expect("closed LOCAL 4001 bye");
		}

		@Test
		void isSentOnce() {
			protocol.close(BYE, false);
			protocol.close(CloseStatus.NORMAL, true);
			exchange.expect(BYE_FRAME);
		}

		@Test
		void isNotSentAfterThePeers() {
			exchange.receive(new ClientBytes().close()).expect("sends 8800", "closed PEER 1005");
			protocol.close(BYE, true);
			protocol.fail(CloseStatus.POLICY_VIOLATION);
			protocol.endOfInput();
		}

		@Test
		void ofOursMayCrossMessages() {
			byte[] wire = new ClientBytes().text("a")
				.ping((byte) 1)
				.frame(TEXT, "62")
				.pong()
				.ping()
				.frame(FIN | CONTINUATION, "63")
				.close()
				.text("d")
				.bytes();
			EverySplit.forEach(wire, (chunks) -> {
				try (Exchange crossing = Exchange.open()) {
					crossing.protocol.close(BYE, false);
					chunks.forEach(crossing::receive);
					crossing.expect(BYE_FRAME, "ping 01", "sends 8A0101", "ping ", "sends 8A00",
							"closed LOCAL 4001 bye");
				}
			});
		}

	}

	@Nested
	class Section7_1_7_FailTheConnection {

		@Test
		void tellsThePeerWhichRuleItBroke() {
			exchange.receive(new ClientBytes().unmasked(FIN | TEXT));
			assertThat(exchange.recorder.reasonSent()).endsWith("(RFC 6455 §5.1)");
			exchange.expect("sends close 1002", "closed VIOLATION 1002");
		}

		@Test
		void readsNothingMore() {
			exchange.receive(new ClientBytes().hex("FF").text("a").close());
			exchange.receive(new ClientBytes().text("b"));
			exchange.expect("sends close 1002", "closed VIOLATION 1002");
			assertThat(protocol.mayClose()).isFalse();
		}

		@Test
		void sendsNoSecondCloseAfterOurs() {
			protocol.close(BYE, false);
			exchange.receive(new ClientBytes().hex("FF")).expect(BYE_FRAME, "closed LOCAL 4001 bye");
		}

		@Test
		void isDoneForLimitsFromOutside() {
			protocol.fail(CloseStatus.POLICY_VIOLATION.withReason("too fast"));
			assertThat(exchange.recorder.reasonSent()).isEqualTo("too fast");
			exchange.expect("sends close 1008 at once", "closed VIOLATION 1008");
			exchange.receive(new ClientBytes().text("a"));
			protocol.fail(CloseStatus.POLICY_VIOLATION);
		}

		@Test
		void forALimitFromOutsideEndsOurClosingHandshake() {
			protocol.close(BYE, false);
			protocol.fail(CloseStatus.POLICY_VIOLATION);
			exchange.expect(BYE_FRAME, "closed LOCAL 4001 bye");
		}

	}

	@Nested
	class Section7_1_5_EndOfInput {

		@Test
		void isAbnormalWhereverItComes() {
			byte[] wire = new ClientBytes().text("\u00E9").frame(TEXT, "61").ping((byte) 1).close(1000, "").bytes();
			for (int end = 0; end < wire.length; end++) {
				try (Exchange lost = Exchange.open()) {
					lost.receive(Arrays.copyOf(wire, end));
					lost.recorder.events();
					lost.protocol.endOfInput();
					lost.expect("closed LOST 1006");
					lost.protocol.endOfInput();
					lost.protocol.close(BYE, true);
					lost.receive(wire);
				}
			}
		}

		@Test
		void keepsOurStatusIfWeHadClosed() {
			protocol.close(BYE, false);
			protocol.endOfInput();
			exchange.expect(BYE_FRAME, "closed LOST 4001 bye");
		}

		@Test
		void isNothingNewAfterTheEnd() {
			exchange.receive(new ClientBytes().close()).expect("sends 8800", "closed PEER 1005");
			protocol.endOfInput();
		}

		@Test
		void isNotToldOfWhatWasNeverOpen() {
			byte[] head = new ClientBytes().handshake().bytes();
			for (int end = 0; end < head.length; end++) {
				try (Exchange unopened = Exchange.unopened()) {
					unopened.receive(Arrays.copyOf(head, end));
					unopened.protocol.endOfInput();
					unopened.receive(head);
				}
			}
		}

	}

}
