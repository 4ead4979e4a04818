package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTest {

	private static final byte[] KEY = { 0x37, (byte) 0xFA, 0x21, 0x3D };

	private static final byte UNTOUCHED = 0x5A;

	@Nested
	class Section5_3_ClientToServerMasking {

		static Named<?>[] memory() {
			return new Named<?>[] { Named.of("direct", (IntFunction<ByteBuffer>) ByteBuffer::allocateDirect),
					Named.of("heap", (IntFunction<ByteBuffer>) ByteBuffer::allocate) };
		}

		@ParameterizedTest
		@MethodSource("memory")
		void everyLengthAlignmentAndPhase(IntFunction<ByteBuffer> memory) {
			byte[] masked = random(96);
			ByteBuffer from = memory.apply(masked.length).order(ByteOrder.LITTLE_ENDIAN).put(0, masked);
			for (int length = 0; length <= 70; length++) {
				for (int index = 0; index < 9; index++) {
					for (int at = 0; at < 9; at++) {
						for (int phase = 0; phase < 4; phase++) {
							byte[] to = filled(96);
							Masking.unmask(from, index, to, at, length, keyFrom(phase));
							assertThat(to).as("length %d, from %d, to %d, phase %d", length, index, at, phase)
								.isEqualTo(byteByByte(masked, index, at, length, phase));
						}
					}
				}
			}
			assertThat(from.position()).isZero();
		}

		/** Which are done in several pieces from some length on. */
		@ParameterizedTest
		@ValueSource(ints = { 254, 255, 256, 257, 8191, 8192, 8193, 8199, 8200, 20_001 })
		void longPayloads(int length) {
			byte[] masked = random(length + 8);
			ByteBuffer from = ByteBuffer.allocateDirect(length + 8).order(ByteOrder.LITTLE_ENDIAN).put(0, masked);
			for (int phase = 0; phase < 4; phase++) {
				byte[] to = filled(length + 8);
				long seen = Masking.unmask(from, 3, to, 5, length, keyFrom(phase));
				assertThat(to).isEqualTo(byteByByte(masked, 3, 5, length, phase));
				assertThat(seen & 0x8080_8080_8080_8080L).isNotZero();
			}
		}

		@Test
		void theKeyTurnsByTheBytesDone() {
			for (int phase = 0; phase < 4; phase++) {
				for (int count = 0; count < 20; count++) {
					assertThat(Masking.turn(keyFrom(phase), count)).isEqualTo(keyFrom((phase + count) % 4));
				}
				assertThat(Masking.turn(keyFrom(phase), Integer.MAX_VALUE)).isEqualTo(keyFrom((phase + 3) % 4));
			}
		}

		@Test
		void tellsWhetherAnyByteIsAbove7F() {
			for (int length = 0; length <= 40; length++) {
				for (int high = -1; high < length; high++) {
					byte[] plain = new byte[length];
					Arrays.fill(plain, (byte) 0x7F);
					if (high >= 0) {
						plain[high] = (byte) 0x80;
					}
					byte[] masked = byteByByte(plain, 0, 0, length, 0);
					ByteBuffer from = ByteBuffer.wrap(masked, 0, length).order(ByteOrder.LITTLE_ENDIAN);
					long seen = Masking.unmask(from, 0, new byte[length], 0, length, keyFrom(0));
					assertThat((seen & 0x8080_8080_8080_8080L) != 0).as("length %d, high at %d", length, high)
						.isEqualTo(high >= 0);
				}
			}
		}

	}

	/** The key whose lowest byte is the one of the phase. */
	private static int keyFrom(int phase) {
		int key = 0;
		for (int i = 3; i >= 0; i--) {
			key = (key << 8) | (KEY[(phase + i) % 4] & 0xFF);
		}
		return key;
	}

	private static byte[] byteByByte(byte[] from, int index, int at, int length, int phase) {
		byte[] to = filled(Math.max(96, length + 8));
		for (int i = 0; i < length; i++) {
			to[at + i] = (byte) (from[index + i] ^ KEY[(phase + i) % 4]);
		}
		return to;
	}

	private static byte[] filled(int size) {
		byte[] bytes = new byte[size];
		Arrays.fill(bytes, UNTOUCHED);
		return bytes;
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(1).nextBytes(bytes);
		return bytes;
	}

}
