package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import io.wsboot.ClientBytes;
import io.wsboot.EverySplit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The client's side of the codec, {@link FrameRules#CLIENT}: reads frames that are not
 * masked and writes frames that are (RFC 6455 §5.1, §5.3), against {@link NaiveFrames}.
 */
class ClientRulesTest {

	private static final int[] LENGTHS = { 0, 1, 2, 3, 4, 5, 7, 8, 9, 124, 125, 126, 127, 128, 255, 256, 257, 300 };

	@Nested
	class Reading {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 2, 3, 4, 7, 8, 9, 124, 125, 126, 127, 128, 300 })
		void everyLengthHoweverItIsCut(int length) {
			byte[] wire = new ClientBytes().unmasked(0x82, random(length)).unmasked(0x89, (byte) 7).bytes();
			assertRead(wire);
		}

		@ParameterizedTest
		@ValueSource(ints = { 65535, 65536, 65537 })
		void theLongForms(int length) {
			byte[] wire = new byte[10 + length];
			ByteBuffer.wrap(wire).put((byte) 0x82).put((byte) 127).putLong(length).put(random(length));
			int start = 0;
			if (length == 65535) {
				start = 6;
				ByteBuffer.wrap(wire, start, 4).put((byte) 0x82).put((byte) 126).putShort((short) length);
			}
			byte[] frame = Arrays.copyOfRange(wire, start, wire.length);
			String expected = NaiveFrames.read(frame, false, false);
			for (int cut : new int[] { 1, 2, 3, 4, 7, 9, 10, 11, 1000, length, frame.length }) {
				assertThat(read(Arrays.asList(buffer(frame, 0, cut), buffer(frame, cut, frame.length))))
					.isEqualTo(expected);
			}
		}

		@Test
		void everyHeader() {
			byte[] wire = new byte[2 + 8 + 200];
			new Random(1).nextBytes(wire);
			Arrays.fill(wire, 2, 9, (byte) 0);
			wire[3] = (byte) 0x80;
			for (int header = 0; header <= 0xFFFF; header++) {
				wire[0] = (byte) (header >> 8);
				wire[1] = (byte) header;
				String expected = NaiveFrames.read(wire, false, false);
				for (int cut : new int[] { 0, 1, 2, 3 }) {
					String read = read(Arrays.asList(buffer(wire, 0, cut), buffer(wire, cut, wire.length)));
					if (!read.equals(expected)) {
						assertThat(read).as("header %04X cut at %d", header, cut).isEqualTo(expected);
					}
				}
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 125, 126 })
		void aMaskedFrameIsRefusedAtTheSecondByte(int length) {
			byte[] wire = new ClientBytes().binary(new byte[length]).bytes();
			FrameReader reader = new FrameReader(FrameRules.CLIENT, false);
			assertThat(reader.readHeader(buffer(wire, 0, 1))).isFalse();
			assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> reader.readHeader(buffer(wire, 1, 2)))
				.withMessageEndingWith("(RFC 6455 §5.1)");
			assertThatExceptionOfType(ProtocolViolation.class)
				.isThrownBy(() -> new FrameReader(FrameRules.CLIENT, false).readHeader(buffer(wire, 0, wire.length)))
				.withMessageEndingWith("(RFC 6455 §5.1)");
		}

		@Test
		void noFrameIsReadInOneGo() {
			FrameReader reader = new FrameReader(FrameRules.CLIENT, false);
			int most = reader.mostOfShort();
			for (byte[] wire : Arrays.asList(new ClientBytes().binary().raw(new byte[8]).bytes(),
					new ClientBytes().unmasked(0x82).raw(new byte[8]).bytes())) {
				ByteBuffer in = buffer(wire, 0, wire.length);
				assertThat(reader.readShortMessage(in, new byte[125], most)).isEqualTo(-1);
				assertThat(in.position()).isZero();
			}
		}

	}

	@Nested
	class Writing {

		private final FrameWriter writer = new FrameWriter(FrameRules.CLIENT);

		@ParameterizedTest
		@ValueSource(booleans = { true, false })
		void everyLengthInEveryPairOfParts(boolean littleEndian) {
			for (int length : LENGTHS) {
				byte[] payload = random(length);
				for (int cut = 0; cut <= length; cut++) {
					ByteBuffer out = ByteBuffer.allocateDirect(20 + length)
						.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
						.position(3);
					int key = this.writer.writeHeader(out, Opcode.TEXT, true, true, length);
					assertThat(out.position()).isEqualTo(3 + this.writer.headerSize(length));
					ByteBuffer given = ByteBuffer.wrap(payload);
					key = this.writer.writePayload(out, given.limit(cut), key);
					this.writer.writePayload(out, given.limit(length), key);
					assertThat(given.array()).as("is left as it was").isEqualTo(random(length));
					assertThat(NaiveFrames.read(bytes(out.flip().position(3)), true, true)).as("%d of %d", cut, length)
						.isEqualTo(frame(true, true, 1, payload) + "asks for more");
				}
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 65535, 65536, 100_000 })
		void theLongForms(int length) {
			byte[] payload = random(length);
			ByteBuffer out = ByteBuffer.allocate(this.writer.headerSize(length) + length);
			int key = this.writer.writeHeader(out, Opcode.CONTINUATION, false, false, length);
			this.writer.writePayload(out, ByteBuffer.wrap(payload), key);
			assertThat(out.hasRemaining()).isFalse();
			assertThat(NaiveFrames.read(out.array(), true, false))
				.isEqualTo(frame(false, false, 0, payload) + "asks for more");
		}

		@Test
		void eachFrameHasAnotherKey() {
			Set<Integer> keys = new HashSet<>();
			for (int i = 0; i < 100; i++) {
				ByteBuffer out = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
				assertThat(this.writer.writeHeader(out, Opcode.BINARY, true, false, 9)).isEqualTo(out.getInt(2));
				keys.add(out.getInt(2));
			}
			assertThat(keys).hasSizeGreaterThan(90);
		}

	}

	/** A client and a server that know only their rules understand each other. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 300 })
	void whatOneSideWritesTheOtherReadsHoweverItIsCut(int length) {
		for (FrameRules rules : FrameRules.values()) {
			FrameWriter writer = new FrameWriter(rules);
			byte[] payload = random(length);
			ByteBuffer out = ByteBuffer.allocate(writer.headerSize(length) + length);
			writer.writePayload(out, ByteBuffer.wrap(payload),
					writer.writeHeader(out, Opcode.BINARY, true, false, length));
			FrameRules other = (rules == FrameRules.CLIENT) ? FrameRules.SERVER : FrameRules.CLIENT;
			EverySplit.forEach(out.array(), (chunks) -> assertThat(read(other, chunks))
				.isEqualTo(frame(true, false, 2, payload) + "asks for more"));
		}
	}

	private static void assertRead(byte[] wire) {
		String expected = NaiveFrames.read(wire, false, false);
		assertThat(expected).doesNotContain("fails");
		EverySplit.forEach(wire, (chunks) -> assertThat(read(chunks)).isEqualTo(expected));
	}

	private static String read(Iterable<ByteBuffer> chunks) {
		return read(FrameRules.CLIENT, chunks);
	}

	/** Writes down frames as {@link NaiveFrames#read} does. */
	private static String read(FrameRules rules, Iterable<ByteBuffer> chunks) {
		FrameReader reader = new FrameReader(rules, false);
		StringBuilder frames = new StringBuilder();
		boolean inFrame = false;
		try {
			for (ByteBuffer in : chunks) {
				boolean more = true;
				while (more) {
					if (!inFrame && reader.readHeader(in)) {
						inFrame = true;
						NaiveFrames.header(frames, reader.fin(), reader.compressed(), reader.opcode().code(),
								reader.remaining());
					}
					byte[] to = new byte[in.remaining()];
					NaiveFrames.payload(frames, to, inFrame ? reader.readPayload(in, to, 0) : 0);
					more = inFrame && reader.remaining() == 0;
					inFrame = inFrame && !more;
				}
				assertThat(in.hasRemaining()).as("bytes left").isFalse();
			}
		}
		catch (ProtocolViolation ex) {
			return frames.append("fails with ").append(ex.status().code()).toString();
		}
		return frames.append("asks for more").toString();
	}

	private static String frame(boolean fin, boolean compressed, int opcode, byte[] payload) {
		StringBuilder frame = new StringBuilder();
		NaiveFrames.header(frame, fin, compressed, opcode, payload.length);
		NaiveFrames.payload(frame, payload, payload.length);
		return frame.toString();
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	private static ByteBuffer buffer(byte[] wire, int from, int to) {
		return ByteBuffer.wrap(wire, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
