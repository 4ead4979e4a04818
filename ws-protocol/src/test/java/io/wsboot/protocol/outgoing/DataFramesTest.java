package io.wsboot.protocol.outgoing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

import io.wsboot.ServerBytes;
import io.wsboot.ServerBytes.Frame;
import io.wsboot.frame.FrameRules;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DataFramesTest {

	private static final int[] LENGTHS = { 0, 1, 2, 3, 124, 125, 126, 127, 250, 251, 252, 253, 65534, 65535, 65536,
			65537, 131_070, 131_071, 131_072, 131_073 };

	@Nested
	class Section5_4_Fragmentation {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 2, 125, 126, 127, 65535, 65536 })
		void aMessageIsWhatItsFramesHold(int threshold) {
			DataFrames frames = DataFrames.ofServer(threshold);
			for (int length : LENGTHS) {
				byte[] payload = new byte[length];
				new Random(length).nextBytes(payload);
				byte[] wire = written(frames, true, payload);
				assertMessage(wire, 0x1, payload, threshold);
				assertThat(written(frames, ByteBuffer.wrap(payload))).as("length %d from a buffer", length)
					.isEqualTo(wire);
			}
		}

		@Test
		void onlyTheLastFrameIsShorter() {
			byte[] wire = written(DataFrames.ofServer(126), false, new byte[300]);
			assertThat(ServerBytes.frames(wire)).containsExactly(new Frame(false, 0x2, new byte[126]),
					new Frame(false, 0x0, new byte[126]), new Frame(true, 0x0, new byte[48]));
			assertThat(DataFrames.ofServer(126).frameSize()).isEqualTo(130);
		}

		@Test
		void aMessageAtTheThresholdIsOneFrame() {
			assertThat(ServerBytes.frames(written(DataFrames.ofServer(10), true, new byte[10]))).hasSize(1);
			assertThat(ServerBytes.frames(written(DataFrames.ofServer(10), true, new byte[11]))).hasSize(2);
		}

		@Test
		void theSizeOfTheGreatestMessageIsNotTooBigForTheSum() {
			assertThat(DataFrames.ofServer(0).size(Integer.MAX_VALUE)).isEqualTo(10L + Integer.MAX_VALUE);
			assertThat(DataFrames.ofServer(1).size(Integer.MAX_VALUE)).isEqualTo(3L * Integer.MAX_VALUE);
			assertThat(DataFrames.ofServer(65536).size(Integer.MAX_VALUE)).isEqualTo(32767L * (10 + 65536) + 4 + 65535);
		}

		private void assertMessage(byte[] wire, int opcode, byte[] payload, int threshold) {
			List<Frame> frames = ServerBytes.frames(wire);
			ByteArrayOutputStream whole = new ByteArrayOutputStream();
			for (int i = 0; i < frames.size(); i++) {
				assertThat(frames.get(i).opcode()).isEqualTo((i == 0) ? opcode : 0);
				assertThat(frames.get(i).fin()).isEqualTo(i == frames.size() - 1);
				whole.writeBytes(frames.get(i).payload());
			}
			assertThat(whole.toByteArray()).isEqualTo(payload);
			int expected = (threshold == 0) ? 1 : Math.max(1, (payload.length + threshold - 1) / threshold);
			assertThat(frames).hasSize(expected);
		}

	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 11, 12, 13, 64, 127, 1000 })
	void aMessageWrittenPieceByPieceIsTheSame(int room) {
		for (int threshold : new int[] { 0, 1, 9, 126 }) {
			for (int length : new int[] { 0, 1, 9, 10, 125, 126, 127, 252, 253, 1000 }) {
				DataFrames frames = DataFrames.ofServer(threshold);
				byte[] payload = new byte[length];
				new Random(length).nextBytes(payload);
				ByteBuffer given = ByteBuffer.wrap(payload);
				OutgoingFrames message = frames.begin(true, given);
				ByteArrayOutputStream whole = new ByteArrayOutputStream();
				while (!message.isDone()) {
					ByteBuffer piece = ByteBuffer.allocate(room);
					message.write(piece);
					assertThat(piece.position()).isPositive();
					whole.write(piece.array(), 0, piece.position());
				}
				assertThat(whole.toByteArray()).as("%d bytes, frames of %d", length, threshold)
					.isEqualTo(written(frames, true, payload));
				assertThat(given.remaining()).isZero();
				assertThat(given.limit()).isEqualTo(length);
			}
		}
	}

	/** Into one buffer, into pieces, compressed, and as parts of a streamed message. */
	@ParameterizedTest
	@ValueSource(ints = { 14, 15, 64, 127, 1000 })
	void aClientsFramesSayTheSameAndAreMasked(int room) {
		for (int threshold : new int[] { 0, 1, 9, 126 }) {
			DataFrames server = new DataFrames(FrameRules.SERVER, threshold);
			DataFrames client = new DataFrames(FrameRules.CLIENT, threshold);
			for (int length : new int[] { 0, 1, 9, 10, 125, 126, 127, 252, 253, 1000 }) {
				byte[] payload = new byte[length];
				new Random(length).nextBytes(payload);
				List<Frame> expected = ServerBytes.frames(written(server, true, payload));
				assertThat(ServerBytes.framesOfClient(written(client, true, payload))).isEqualTo(expected);
				assertThat(client.size(length)).isEqualTo(server.size(length) + 4L * expected.size());
				OutgoingFrames message = client.begin(true, ByteBuffer.wrap(payload));
				ByteArrayOutputStream whole = new ByteArrayOutputStream();
				while (!message.isDone()) {
					ByteBuffer piece = ByteBuffer.allocate(room);
					message.write(piece);
					assertThat(piece.position()).isPositive();
					whole.write(piece.array(), 0, piece.position());
				}
				assertThat(ServerBytes.framesOfClient(whole.toByteArray())).isEqualTo(expected);
				ByteBuffer part = client.begin(true).next(ByteBuffer.wrap(payload), true);
				assertThat(ServerBytes.framesOfClient(part.array())).isEqualTo(expected);
			}
		}
	}

	@Test
	void onlyTheFirstFrameOfACompressedMessageSaysSo() {
		for (FrameRules rules : FrameRules.values()) {
			for (int length : new int[] { 0, 3, 4, 8 }) {
				DataFrames frames = new DataFrames(rules, 3);
				ByteBuffer out = ByteBuffer.allocate((int) frames.size(length));
				frames.writeCompressed(out, true, ByteBuffer.allocate(length));
				assertThat(out.hasRemaining()).isFalse();
				assertThat(out.get(0) & 0x7F).isEqualTo(0x41);
				for (int at = (int) frames.frameSize(); at < out.limit(); at += (int) frames.frameSize()) {
					assertThat(out.get(at) & 0x7F).isZero();
				}
			}
		}
	}

	@Test
	void aPayloadIsTheBytesFromPositionToLimit() {
		for (int threshold : new int[] { 0, 2 }) {
			ByteBuffer payload = ByteBuffer.wrap(new byte[] { 9, 1, 2, 3, 9 }, 1, 3);
			byte[] wire = written(DataFrames.ofServer(threshold), payload);
			ByteArrayOutputStream whole = new ByteArrayOutputStream();
			ServerBytes.frames(wire).forEach((frame) -> whole.writeBytes(frame.payload()));
			assertThat(whole.toByteArray()).containsExactly(1, 2, 3);
			assertThat(payload.position()).isEqualTo(4);
			assertThat(payload.limit()).isEqualTo(4);
		}
	}

	private static byte[] written(DataFrames frames, boolean text, byte[] payload) {
		ByteBuffer out = ByteBuffer.allocate((int) frames.size(payload.length));
		frames.write(out, text, ByteBuffer.wrap(payload));
		assertThat(out.remaining()).as("size told and size written").isZero();
		return out.array();
	}

	private static byte[] written(DataFrames frames, ByteBuffer payload) {
		ByteBuffer out = ByteBuffer.allocate((int) frames.size(payload.remaining()));
		frames.write(out, true, payload);
		assertThat(out.remaining()).as("size told and size written").isZero();
		return out.array();
	}

}
