package io.wsboot.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.PING;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory follows what has been received, not what has been declared, and goes when it is
 * of no more use.
 */
class HeldMemoryTest {

	private static final int SLACK = 32 * 1024;

	private final Scratch scratch = new Scratch(1024);

	private final Exchange exchange = Exchange.open(Exchange.LIMITS, this.scratch);

	@AfterEach
	void nothingIsLeft() {
		this.exchange.recorder.events();
	}

	@Nested
	class WhileOpen {

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 100, 1000, 5000 })
		void followsWhatHasArrivedOfADeclaredMessage(int chunk) {
			byte[] wire = new ClientBytes().declaring(FIN | BINARY, 262_144, new byte[40_000]).bytes();
			for (int from = 0; from < wire.length; from += chunk) {
				int to = Math.min(wire.length, from + chunk);
				exchange.receive(Arrays.copyOfRange(wire, from, to));
				assertThat(held()).as("held after %d bytes", to).isLessThan(2L * to + SLACK);
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 13, 100, 4000 })
		void followsWhatHasArrivedInFragments(int fragment) {
			long received = 0;
			ClientBytes bytes = new ClientBytes().frame(TEXT, "x".repeat(fragment).getBytes());
			for (int i = 0; i < 60; i++) {
				byte[] wire = bytes.ping((byte) i).bytes();
				received += wire.length;
				exchange.receive(wire);
				assertThat(held()).isLessThan(2 * received + SLACK);
				bytes = new ClientBytes().frame(CONTINUATION, "x".repeat(fragment).getBytes());
			}
		}

		@Test
		void isNothingBetweenMessages() {
			long idle = held();
			assertThat(idle).isZero();
			for (byte[] wire : List.of(new ClientBytes().text("x".repeat(5000)).bytes(),
					new ClientBytes().binary(new byte[5000]).bytes(),
					new ClientBytes().frame(TEXT).frame(FIN | CONTINUATION, new byte[300]).bytes(),
					new ClientBytes().ping(new byte[125]).bytes())) {
				for (int cut : new int[] { 0, 1, 2, 7, wire.length / 2, wire.length - 1 }) {
					exchange.receive(Arrays.copyOf(wire, cut));
					exchange.receive(Arrays.copyOfRange(wire, cut, wire.length));
					assertThat(held()).as("held after a message cut at %d", cut).isZero();
				}
			}
		}

		@Test
		void isLittleForAHeaderThatWasCut() {
			exchange.receive(Arrays.copyOf(new ClientBytes().declaring(FIN | BINARY, 262_144).bytes(), 13));
			assertThat(held()).isLessThanOrEqualTo(14);
		}

		@Test
		void sharedMemoryIsFreeForOthersBetweenReads() {
			Random random = new Random(1);
			byte[] one = new byte[900];
			byte[] other = new byte[900];
			random.nextBytes(one);
			random.nextBytes(other);
			try (Exchange second = Exchange.open(Exchange.LIMITS, scratch)) {
				byte[] first = new ClientBytes().binary(one).bytes();
				byte[] next = new ClientBytes().binary(other).bytes();
				exchange.receive(Arrays.copyOf(first, 500));
				second.receive(Arrays.copyOf(next, 700));
				exchange.receive(Arrays.copyOfRange(first, 500, first.length));
				second.receive(Arrays.copyOfRange(next, 700, next.length));
				exchange.recorder.expect("binary " + HexFormat.of().withUpperCase().formatHex(one));
				second.recorder.expect("binary " + HexFormat.of().withUpperCase().formatHex(other));
			}
		}

	}

	@Nested
	class OnceClosed {

		@Test
		void isNothingAfterAViolation() {
			halfAMessage();
			exchange.receive(new ClientBytes().declaring(0x80 | PING, 5, (byte) 1));
			exchange.receive((byte) 0, (byte) 0, (byte) 0, (byte) 0);
			exchange.receive((byte) 0xFF);
			assertThat(exchange.recorder.reasonSent()).isNotNull();
			assertThat(held()).isLessThanOrEqualTo(14);
		}

		@Test
		void isNothingAfterTheEnd() {
			halfAMessage();
			exchange.protocol.endOfInput();
			assertThat(held()).isZero();
		}

		@Test
		void isNothingAfterALimitFromOutside() {
			halfAMessage();
			exchange.protocol.fail(CloseStatus.POLICY_VIOLATION);
			assertThat(held()).isZero();
		}

		private void halfAMessage() {
			exchange.receive(new ClientBytes().frame(BINARY, new byte[10_000]));
			assertThat(held()).isGreaterThanOrEqualTo(10_000);
		}

	}

	@Nested
	class Handshaking {

		@Test
		void followsWhatHasArrivedOfTheRequest() {
			byte[] head = new ClientBytes().handshake("X-Long: " + "x".repeat(7000) + "\r\n").bytes();
			Exchange unopened = Exchange.unopened(scratch);
			for (int i = 0; i < head.length; i++) {
				unopened.receive(head[i]);
				long held = HeldMemory.of(unopened.protocol, scratch);
				assertThat(held).as("held after %d bytes", i + 1).isLessThan(2L * i + 128);
			}
			unopened.expect("request /echo");
		}

	}

	private long held() {
		return HeldMemory.of(this.exchange.protocol, this.scratch);
	}

}
