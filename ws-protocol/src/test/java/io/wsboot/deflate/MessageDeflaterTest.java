package io.wsboot.deflate;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.deflate.Samples.join;
import static io.wsboot.deflate.Samples.noise;
import static io.wsboot.deflate.Samples.utf8;
import static io.wsboot.deflate.Samples.words;
import static org.assertj.core.api.Assertions.assertThat;

class MessageDeflaterTest {

	private static final byte[] NOTHING = {};

	private final MessageDeflater deflater = new MessageDeflater(6);

	@AfterEach
	void end() {
		this.deflater.end();
	}

	private byte[] next(byte[] message, int windowBits) {
		return bytes(this.deflater.deflate(ByteBuffer.wrap(message), windowBits));
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	@Nested
	class Section7_2_3_Examples {

		@Test
		void oneBlock() {
			assertThat(next(utf8("Hello"), 15)).asHexString().isEqualTo("F248CDC9C90700");
		}

		@Test
		void sharingTheWindow() {
			next(utf8("Hello"), 15);
			assertThat(next(utf8("Hello"), 15)).asHexString().isEqualTo("F200110000");
		}

		@Test
		void anEmptyMessage() {
			assertThat(next(NOTHING, 15)).asHexString().isEqualTo("00");
			assertThat(next(NOTHING, 15)).asHexString().isEqualTo("00");
		}

	}

	@Nested
	class Section7_1_2_1_Window {

		@ParameterizedTest
		@ValueSource(ints = { 8, 9, 10, 11, 12, 13, 14, 15 })
		void noMatchReachesBeyondIt(int bits) {
			Random random = new Random(bits);
			byte[] before = NOTHING;
			int farthest = 0;
			List<byte[]> messages = new ArrayList<>(List.of(words(70_000, bits), noise(1000, bits)));
			for (int i = 0; i < 40; i++) {
				messages.add(words(random.nextInt(700), random.nextInt(3)));
			}
			messages.add(new byte[1 << bits]);
			messages.add(NOTHING);
			messages.add(new byte[(1 << bits) + 1]);
			messages.add(words(20_000, bits));
			for (byte[] message : messages) {
				NaiveInflate.Result result = NaiveInflate.message(next(message, bits), before);
				assertThat(result.bytes()).isEqualTo(message);
				assertThat(result.farthest()).as("distance").isLessThan(1 << bits);
				farthest = Math.max(farthest, result.farthest());
				before = join(before, message);
				before = Arrays.copyOfRange(before, Math.max(0, before.length - 32_768), before.length);
			}
			assertThat(farthest).as("some do reach far").isGreaterThan((1 << bits) / 2);
		}

		@ParameterizedTest
		@ValueSource(ints = { 8, 9, 12, 15 })
		void norInMessagesThatStandAlone(int bits) {
			for (byte[] message : List.of(words(40_000, 7), words(1 << bits, 8), words((1 << bits) + 1, 9),
					words(3 << bits, 10), new byte[5000])) {
				ByteBuffer compressed = deflater.deflateAlone(ByteBuffer.wrap(message), bits);
				if (compressed == null) {
					continue;
				}
				NaiveInflate.Result result = NaiveInflate.message(bytes(compressed), NOTHING);
				assertThat(result.bytes()).isEqualTo(message);
				assertThat(result.farthest()).isLessThan(1 << bits);
			}
			assertThat(deflater.deflateAlone(ByteBuffer.wrap(new byte[5000]), bits)).isNotNull();
		}

		@Test
		void messagesAreOneStreamForThePeer() throws DataFormatException {
			Inflater peer = new Inflater(true);
			byte[] tail = { 0, 0, (byte) 0xFF, (byte) 0xFF };
			for (int i = 0; i < 200; i++) {
				byte[] message = (i % 3 == 0) ? noise(i * 7, i) : words(i * 100, i % 5);
				peer.setInput(join(next(message, 10), tail));
				byte[] out = new byte[message.length + 1];
				assertThat(peer.inflate(out)).isEqualTo(message.length);
				assertThat(Arrays.copyOf(out, message.length)).isEqualTo(message);
				assertThat(peer.getRemaining()).isZero();
			}
			peer.end();
		}

	}

	@Nested
	class Output {

		@Test
		void endsRightHoweverItFillsItsMemory() {
			for (int size = 950; size < 1100; size++) {
				byte[] message = noise(size, size);
				assertThat(NaiveInflate.message(next(message, 15), NOTHING).bytes()).isEqualTo(message);
				byte[] wordy = words(10 * size, size);
				deflater.deflateAlone(ByteBuffer.wrap(NOTHING), 15);
				ByteBuffer compressed = deflater.deflateAlone(ByteBuffer.wrap(wordy), 15);
				assertThat(compressed).isNotNull();
				assertThat(NaiveInflate.message(bytes(compressed), NOTHING).bytes()).isEqualTo(wordy);
			}
		}

		@Test
		void isRefusedIfItIsNoShorter() {
			assertThat(deflater.deflateAlone(ByteBuffer.wrap(noise(2000, 1)), 15)).isNull();
			assertThat(deflater.deflateAlone(ByteBuffer.wrap(utf8("a")), 15)).isNull();
			assertThat(deflater.deflateAlone(ByteBuffer.wrap(NOTHING), 15)).isNull();
		}

		@Test
		void readsAnyBufferAndLeavesItsPosition() {
			byte[] message = words(9000, 3);
			for (ByteBuffer buffer : List.of(ByteBuffer.wrap(join(NOTHING, message)).asReadOnlyBuffer(),
					ByteBuffer.allocateDirect(9000).put(message).flip(),
					ByteBuffer.wrap(join(new byte[5], message, new byte[3]), 5, 9000))) {
				for (int bits : new int[] { 9, 15 }) {
					int position = buffer.position();
					ByteBuffer compressed = deflater.deflateAlone(buffer, bits);
					assertThat(compressed).isNotNull();
					assertThat(NaiveInflate.message(bytes(compressed), NOTHING).bytes()).isEqualTo(message);
					assertThat(buffer.position()).isEqualTo(position);
					assertThat(buffer.remaining()).isEqualTo(9000);
				}
			}
		}

		@Test
		void ofABigMessageIsNotKept() {
			next(noise(5_000_000, 1), 15);
			assertThat(HeldArrays.of(deflater)).isLessThanOrEqualTo(32 * 1024);
		}

	}

}
