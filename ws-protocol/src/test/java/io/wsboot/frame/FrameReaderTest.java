package io.wsboot.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EverySplit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

class FrameReaderTest {

	@Nested
	class Section5_2_BaseFramingProtocol {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 300 })
		void readsEveryLengthHoweverItIsCut(int length) {
			byte[] payload = random(length);
			byte[] wire = new ClientBytes().binary(payload).text("next").bytes();
			EverySplit.forEach(wire, (chunks) -> {
				List<Frame> frames = frames(chunks);
				assertThat(frames).containsExactly(new Frame(Opcode.BINARY, true, payload),
						new Frame(Opcode.TEXT, true, "next".getBytes()));
			});
		}

		@ParameterizedTest
		@ValueSource(ints = { 65534, 65535, 65536, 65537, 100_000 })
		void readsTheLongForms(int length) {
			byte[] payload = random(length);
			byte[] wire = new ClientBytes().binary(payload).ping().bytes();
			for (int cut : new int[] { 1, 2, 3, 4, 7, 8, 9, 10, 13, 14, 15, 1000, length, wire.length - 1 }) {
				assertThat(frames(cut(wire, cut))).containsExactly(new Frame(Opcode.BINARY, true, payload),
						new Frame(Opcode.PING, true, new byte[0]));
			}
		}

		@ParameterizedTest
		@CsvSource({ "126,16", "65535,16", "65536,64" })
		void theShortestFormIsTheOneThatFits(int length, int bits) {
			assertThat(frames(List.of(buffer(new ClientBytes().withLengthOf(bits, 0x82, new byte[length]).bytes()))))
				.containsExactly(new Frame(Opcode.BINARY, true, new byte[length]));
		}

		@ParameterizedTest
		@CsvSource({ "0,16", "1,16", "125,16", "0,64", "125,64", "126,64", "65535,64" })
		void aLengthInALongerFormIsRefused(int length, int bits) {
			byte[] wire = new ClientBytes().withLengthOf(bits, 0x82, new byte[length]).bytes();
			assertViolationAfter(6 + bits / 8, wire, "§5.2");
		}

		@ParameterizedTest
		@ValueSource(strings = { "8000000000000000", "FFFFFFFFFFFFFFFF", "8000000000010000" })
		void aLengthWithItsHighestBitIsRefused(String length) {
			assertViolationAfter(14, new ClientBytes().hex("82FF" + length + "00000000").bytes(), "§5.2");
		}

		@Test
		void theGreatestLengthIsOne() {
			FrameReader reader = new FrameReader(FrameRules.SERVER, false);
			assertThat(reader.readHeader(buffer(new ClientBytes().declaring(0x82, Long.MAX_VALUE).bytes()))).isTrue();
			assertThat(reader.remaining()).isEqualTo(Long.MAX_VALUE);
		}

		@ParameterizedTest
		@ValueSource(ints = { 0xC1, 0xA1, 0x91, 0xF2, 0x40, 0x49 })
		void aReservedBitIsRefusedAtTheFirstByte(int first) {
			assertViolationAfter(1, new ClientBytes().frame(first).bytes(), "§5.2");
		}

		@ParameterizedTest
		@ValueSource(ints = { 3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF })
		void aReservedOpcodeIsRefusedAtTheFirstByte(int opcode) {
			assertViolationAfter(1, new ClientBytes().frame(0x80 | opcode).bytes(), "§5.2");
			assertViolationAfter(1, new ClientBytes().frame(opcode).bytes(), "§5.2");
		}

		@ParameterizedTest
		@EnumSource
		void tellsWhatTheFrameIs(Opcode opcode) {
			assertThat(frames(List.of(buffer(new ClientBytes().frame(0x80 | opcode.code(), (byte) 7).bytes()))))
				.containsExactly(new Frame(opcode, true, new byte[] { 7 }));
		}

	}

	@Nested
	class Section5_1_Overview {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 125, 126 })
		void aFrameWithoutAMaskIsRefusedAtTheSecondByte(int length) {
			assertViolationAfter(2, new ClientBytes().unmasked(0x82, new byte[length]).raw(new byte[8]).bytes(),
					"§5.1");
		}

	}

	@Nested
	class Section5_4_Fragmentation {

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 2 })
		void aDataFrameMayLackFin(int opcode) {
			assertThat(frames(List.of(buffer(new ClientBytes().frame(opcode, "0102").bytes()))))
				.containsExactly(new Frame(Opcode.values()[opcode], false, new byte[] { 1, 2 }));
		}

	}

	@Nested
	class Section5_5_ControlFrames {

		@ParameterizedTest
		@ValueSource(ints = { 8, 9, 10 })
		void aFragmentIsRefusedAtTheFirstByte(int opcode) {
			assertViolationAfter(1, new ClientBytes().frame(opcode).bytes(), "§5.5");
		}

		@ParameterizedTest
		@ValueSource(ints = { 8, 9, 10 })
		void moreThan125BytesAreRefusedAtTheSecondByte(int opcode) {
			assertViolationAfter(2, new ClientBytes().frame(0x80 | opcode, new byte[126]).bytes(), "§5.5");
			assertViolationAfter(2, new ClientBytes().frame(0x80 | opcode, new byte[65536]).bytes(), "§5.5");
			assertThat(frames(List.of(buffer(new ClientBytes().frame(0x80 | opcode, new byte[125]).bytes()))))
				.hasSize(1);
		}

	}

	@Nested
	class Payload {

		@Test
		void isReadAsFarAsThereIsRoom() {
			ByteBuffer in = buffer(new ClientBytes().binary(new byte[] { 1, 2, 3, 4, 5 }).bytes());
			FrameReader reader = new FrameReader(FrameRules.SERVER, false);
			reader.readHeader(in);
			byte[] to = new byte[4];
			assertThat(reader.readPayload(in, to, 1)).isEqualTo(3);
			assertThat(to).containsExactly(0, 1, 2, 3);
			assertThat(reader.remaining()).isEqualTo(2);
			assertThat(reader.readPayload(in, to, 2)).isEqualTo(2);
			assertThat(to).containsExactly(0, 1, 4, 5);
			assertThat(in.hasRemaining()).isFalse();
		}

		@Test
		void tellsOfEachPieceWhetherItIsAscii() {
			ByteBuffer in = buffer(new ClientBytes().text("abc\u00E9def").bytes());
			FrameReader reader = new FrameReader(FrameRules.SERVER, false);
			reader.readHeader(in);
			byte[] to = new byte[2];
			List<Boolean> ascii = new ArrayList<>();
			while (reader.remaining() > 0) {
				reader.readPayload(in, to, 0);
				ascii.add(reader.ascii());
			}
			assertThat(ascii).containsExactly(true, false, false, true);
		}

	}

	@Nested
	class ShortMessages {

		private static final int MOST = 125;

		private final FrameReader reader = new FrameReader(FrameRules.SERVER, false);

		private final byte[] to = new byte[MOST];

		@Test
		void ofAllHeadersOnlyTheirsAreRead() {
			byte[] payload = random(MOST);
			byte[] wire = new ClientBytes().binary(payload).bytes();
			for (int header = 0; header <= 0xFFFF; header++) {
				wire[0] = (byte) (header >> 8);
				wire[1] = (byte) header;
				ByteBuffer in = buffer(wire);
				int length = (header & 0xFF) - 0x80;
				boolean isShort = (wire[0] == (byte) 0x81 || wire[0] == (byte) 0x82) && length >= 0 && length <= MOST;
				if (this.reader.readShortMessage(in, this.to, MOST) != (isShort ? length : -1)
						|| in.position() != (isShort ? 6 + length : 0)) {
					fail("header %04X", header);
				}
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 0, 1, 4, 7, 8, 9, 63, 64, 65, 124, 125 })
		void areReadWhenAllOfThemIsThere(int length) {
			byte[] payload = random(length);
			byte[] wire = new ClientBytes().binary(payload).raw((byte) 0x81).bytes();
			for (int cut = 0; cut < length + 6; cut++) {
				ByteBuffer in = buffer(wire, 0, cut);
				assertThat(this.reader.readShortMessage(in, this.to, MOST)).as("%d bytes", cut).isEqualTo(-1);
				assertThat(in.position()).isZero();
			}
			ByteBuffer in = buffer(wire);
			assertThat(this.reader.readShortMessage(in, this.to, MOST)).isEqualTo(length);
			assertThat(Arrays.copyOf(this.to, length)).isEqualTo(payload);
			assertThat(this.reader.opcode()).isEqualTo(Opcode.BINARY);
			assertThat(this.reader.fin()).isTrue();
			assertThat(this.reader.remaining()).isZero();
			assertThat(in.remaining()).isEqualTo(1);
		}

		@Test
		void areNotAboveTheLimit() {
			ByteBuffer in = buffer(new ClientBytes().binary(new byte[9]).bytes());
			assertThat(this.reader.readShortMessage(in, this.to, 8)).isEqualTo(-1);
			assertThat(this.reader.readShortMessage(in, this.to, 9)).isEqualTo(9);
		}

		@Test
		void tellWhetherTheyAreAscii() {
			ByteBuffer in = buffer(new ClientBytes().text("caf\u00E9").text("cafe").bytes());
			assertThat(this.reader.readShortMessage(in, this.to, MOST)).isEqualTo(5);
			assertThat(this.reader.opcode()).isEqualTo(Opcode.TEXT);
			assertThat(this.reader.ascii()).isFalse();
			assertThat(this.reader.readShortMessage(in, this.to, MOST)).isEqualTo(4);
			assertThat(this.reader.ascii()).isTrue();
		}

	}

	private static List<Frame> frames(Iterable<ByteBuffer> chunks) {
		List<Frame> frames = new ArrayList<>();
		FrameReader reader = new FrameReader(FrameRules.SERVER, false);
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		boolean inFrame = false;
		for (ByteBuffer in : chunks) {
			while (inFrame || reader.readHeader(in)) {
				byte[] to = new byte[in.remaining()];
				payload.write(to, 0, reader.readPayload(in, to, 0));
				inFrame = reader.remaining() > 0;
				if (inFrame) {
					break;
				}
				frames.add(new Frame(reader.opcode(), reader.fin(), payload.toByteArray()));
				payload.reset();
			}
			assertThat(in.hasRemaining()).as("bytes left").isFalse();
		}
		return frames;
	}

	/** Refuses the wire as soon as it has so many bytes of it, and not before. */
	private static void assertViolationAfter(int bytes, byte[] wire, String section) {
		for (int cut = 0; cut < bytes; cut++) {
			FrameReader reader = new FrameReader(FrameRules.SERVER, false);
			assertThat(reader.readHeader(buffer(wire, 0, cut))).isFalse();
			int start = cut;
			assertThatExceptionOfType(ProtocolViolation.class)
				.isThrownBy(() -> reader.readHeader(buffer(wire, start, bytes)))
				.withMessageEndingWith("(RFC 6455 " + section + ")")
				.satisfies((ex) -> assertThat(ex.status().code()).isEqualTo(CloseStatus.PROTOCOL_ERROR.code()))
				.satisfies((ex) -> assertThat(ex.status().reason()).isEqualTo(ex.getMessage()));
		}
	}

	private static List<ByteBuffer> cut(byte[] wire, int at) {
		return List.of(buffer(wire, 0, at), buffer(wire, at, wire.length));
	}

	private static ByteBuffer buffer(byte... wire) {
		return buffer(wire, 0, wire.length);
	}

	private static ByteBuffer buffer(byte[] wire, int from, int to) {
		return ByteBuffer.wrap(wire, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	private record Frame(Opcode opcode, boolean fin, byte[] payload) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Frame frame && this.opcode == frame.opcode && this.fin == frame.fin
					&& Arrays.equals(this.payload, frame.payload);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.payload);
		}

	}

}
