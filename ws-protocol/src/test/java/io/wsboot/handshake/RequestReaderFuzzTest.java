package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import io.wsboot.handshake.Wire.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of no plan, from fixed seeds: the reader throws nothing but
 * {@link MalformedRequest}, and what it makes of them does not depend on how they are
 * cut.
 */
class RequestReaderFuzzTest {

	private static final byte[] VALID = Wire
		.latin1("GET /chat/a%20b?c=d HTTP/1.1\r\nHost: example.com:8090\r\nUpgrade: websocket\r\n"
				+ "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a, b\r\n"
				+ "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"10\"\r\n"
				+ "Content-Length: 0\r\n\r\n\u0081\u0000");

	/** Bytes that mean something to the grammar come up often. */
	private static final byte[] SPICE = Wire.latin1("\r\n\r\n\t :;,=\"\\/%?#*[]{}\u0000\u007F\u0080\u00FFG0");

	@Test
	void theSeedOfTheMutationsIsValid() {
		Outcome outcome = Wire.outcome(VALID);
		assertThat(outcome.head()).isNotNull();
		assertThat(outcome.taken()).isEqualTo(VALID.length - 2);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void randomBytes(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 10_000; i++) {
			byte[] wire = new byte[1 + random.nextInt(40)];
			random.nextBytes(wire);
			assertSameWhenCut(wire, random);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 5, 6, 7, 8 })
	void mutations(long seed) {
		Random random = new Random(seed);
		int heads = 0;
		int faults = 0;
		for (int i = 0; i < 10_000; i++) {
			byte[] wire = VALID.clone();
			for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
				wire = mutated(wire, random);
			}
			Outcome outcome = assertSameWhenCut(wire, random);
			heads += (outcome.head() != null) ? 1 : 0;
			faults += (outcome.fault() != null) ? 1 : 0;
		}
		// Both happen often, so neither branch of the check is idle.
		assertThat(heads).isGreaterThan(1000);
		assertThat(faults).isGreaterThan(1000);
	}

	private static byte[] mutated(byte[] wire, Random random) {
		int at = random.nextInt(wire.length);
		byte spice = SPICE[random.nextInt(SPICE.length)];
		switch (random.nextInt(3)) {
			case 0 -> {
				byte[] replaced = wire.clone();
				replaced[at] = spice;
				return replaced;
			}
			case 1 -> {
				byte[] longer = new byte[wire.length + 1];
				System.arraycopy(wire, 0, longer, 0, at);
				longer[at] = spice;
				System.arraycopy(wire, at, longer, at + 1, wire.length - at);
				return longer;
			}
			default -> {
				byte[] shorter = Arrays.copyOf(wire, wire.length - 1);
				System.arraycopy(wire, at + 1, shorter, at, wire.length - 1 - at);
				return shorter;
			}
		}
	}

	private static Outcome assertSameWhenCut(byte[] wire, Random random) {
		Outcome whole = Wire.outcome(wire);
		assertThat(inPieces(wire, random)).as("cut: %s", Arrays.toString(wire)).isEqualTo(whole);
		if (whole.fault() != null) {
			assertThat(whole.fault()).matches("(?s).*\\((?:RFC \\d+ §[\\d.]+|, |§[\\d.]+)+\\)");
		}
		return whole;
	}

	private static Outcome inPieces(byte[] wire, Random random) {
		RequestReader reader = new RequestReader(Wire.LIMITS);
		int taken = 0;
		while (taken < wire.length) {
			int length = 1 + random.nextInt(Math.min(7, wire.length - taken));
			ByteBuffer piece = ByteBuffer.wrap(wire, taken, length).slice();
			try {
				RequestHead head = reader.read(piece);
				taken += piece.position();
				if (head != null) {
					return new Outcome(head, null, taken);
				}
			}
			catch (MalformedRequest ex) {
				return new Outcome(null, ex.getMessage(), taken + piece.position());
			}
		}
		return new Outcome(null, null, taken);
	}

}
