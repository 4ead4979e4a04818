package io.wsboot.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

import io.wsboot.frame.ProtocolViolation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.deflate.Samples.deflated;
import static io.wsboot.deflate.Samples.join;
import static io.wsboot.deflate.Samples.noise;
import static io.wsboot.deflate.Samples.utf8;
import static io.wsboot.deflate.Samples.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageInflaterTest {

	private static final byte[] NOTHING = {};

	private final Inflaters inflaters = new Inflaters();

	private final MessageInflater alone = new MessageInflater(this.inflaters, false);

	private final MessageInflater keeping = new MessageInflater(this.inflaters, true);

	@AfterEach
	void everythingIsGivenBack() {
		this.alone.end();
		this.keeping.end();
		assertThat(this.inflaters.held()).isZero();
		this.inflaters.end();
	}

	/** A message whose payload comes in pieces of a size, into room of a size. */
	private static byte[] message(MessageInflater inflater, byte[] payload, int piece, int room) {
		Received received = new Received();
		byte[] lent = new byte[piece];
		for (int from = 0; from < payload.length; from += piece) {
			int length = Math.min(piece, payload.length - from);
			System.arraycopy(payload, from, lent, 0, length);
			inflater.input(lent, length);
			received.all(inflater, room);
			Arrays.fill(lent, (byte) 0xA5);
		}
		inflater.endInput();
		received.all(inflater, room);
		inflater.endMessage(received.bytes, received.length);
		return Arrays.copyOf(received.bytes, received.length);
	}

	private static byte[] message(MessageInflater inflater, byte[] payload) {
		return message(inflater, payload, 8192, 4096);
	}

	private static byte[] hex(String bytes) {
		return HexFormat.of().parseHex(bytes.replace(" ", ""));
	}

	private void expectCorrupt(MessageInflater inflater, byte[] payload, int piece, int room) {
		assertThatExceptionOfType(ProtocolViolation.class).as(HexFormat.of().formatHex(payload))
			.isThrownBy(() -> message(inflater, payload, piece, room))
			.satisfies((ex) -> assertThat(ex.status().code()).isEqualTo(1007));
		inflater.end();
	}

	private static final class Received {

		private byte[] bytes = new byte[16];

		private int length;

		void all(MessageInflater inflater, int room) {
			int count = -1;
			while (count != 0) {
				this.bytes = Arrays.copyOf(this.bytes, this.length + room);
				count = inflater.inflate(this.bytes, this.length, room);
				assertThat(count).isBetween(0, room);
				this.length += count;
			}
		}

	}

	@Nested
	class Section7_2_3_Examples {

		@ParameterizedTest
		@CsvSource({ "f248cdc9c90700, one block", "f348cdc9c9070000, a last block",
				"000500faff48656c6c6f00, a stored block", "f248050000 00ffffcac9c90700, two blocks",
				"f348cdc9c90700, a last block and nothing behind it" })
		void areHello(String payload, String what) {
			for (MessageInflater inflater : List.of(alone, keeping)) {
				for (int piece : new int[] { 1, 2, 100 }) {
					for (int room : new int[] { 1, 4, 5, 6, 100 }) {
						assertThat(message(inflater, hex(payload), piece, room)).as(what).isEqualTo(utf8("Hello"));
					}
				}
			}
		}

		@Test
		void sharingTheWindow() {
			assertThat(message(keeping, hex("f248cdc9c90700"))).isEqualTo(utf8("Hello"));
			assertThat(message(keeping, hex("f200110000"))).isEqualTo(utf8("Hello"));
			assertThat(message(keeping, hex("f200110000"))).isEqualTo(utf8("Hello"));
		}

		@Test
		void anEmptyMessage() {
			for (MessageInflater inflater : List.of(alone, keeping)) {
				assertThat(message(inflater, hex("00"))).isEmpty();
				assertThat(message(inflater, hex("00"))).isEmpty();
				assertThat(message(inflater, hex("f248cdc9c90700"))).isEqualTo(utf8("Hello"));
				assertThat(message(inflater, hex("00"))).isEmpty();
			}
			assertThat(message(keeping, hex("f200110000"))).isEqualTo(utf8("Hello"));
		}

	}

	@Nested
	class Section7_2_2_Window {

		@Test
		void messagesMayReferTo32KibBefore() {
			Deflater client = new Deflater(9, true);
			Random random = new Random(1);
			for (int i = 0; i < 150; i++) {
				byte[] message = words(random.nextInt((i % 10 == 0) ? 80_000 : 3000), i % 4);
				byte[] payload = deflated(client, message);
				assertThat(message(keeping, payload, 1 + random.nextInt(5000), 1 + random.nextInt(5000)))
					.isEqualTo(message);
			}
			client.end();
		}

		@Test
		void theFarthestByteIsThere() {
			byte[] first = noise(32_768, 1);
			assertThat(message(keeping, stored(Arrays.copyOf(first, 20_000)))).hasSize(20_000);
			assertThat(message(keeping, stored(Arrays.copyOfRange(first, 20_000, 32_768)))).hasSize(12_768);
			// one fixed block: length 3 at distance 32,768
			byte[] expected = Arrays.copyOf(first, 3);
			assertThat(message(keeping, matchOf3(32_768))).isEqualTo(expected);
		}

		@Test
		void noByteBeforeTheFirstMessageIs() {
			assertThat(message(keeping, stored(noise(100, 1)))).hasSize(100);
			assertThat(message(keeping, matchOf3(100))).hasSize(3);
			expectCorrupt(keeping, matchOf3(104), 100, 100);
		}

		@Test
		void withoutTakeoverNothingIs() {
			assertThat(message(alone, stored(noise(100, 1)))).hasSize(100);
			expectCorrupt(alone, matchOf3(1), 100, 100);
		}

		@Test
		void twoConversationsDoNotSeeEachOthers() {
			MessageInflater other = new MessageInflater(inflaters, true);
			assertThat(message(keeping, hex("f248cdc9c90700"))).isEqualTo(utf8("Hello"));
			assertThat(message(other, deflated(utf8("World")))).isEqualTo(utf8("World"));
			assertThat(message(keeping, hex("f200110000"))).isEqualTo(utf8("Hello"));
			other.end();
		}

		@Test
		void lastBlocksDoNotEndIt() {
			byte[] last = hex("f348cdc9c90700");
			assertThat(message(keeping, last)).isEqualTo(utf8("Hello"));
			assertThat(message(keeping, hex("f200110000"))).isEqualTo(utf8("Hello"));
			byte[] twice = join(last, hex("f200110000"));
			assertThat(message(alone, twice)).isEqualTo(utf8("HelloHello"));
			assertThat(message(keeping, join(twice, hex("0000ffff"), last, hex("f200110000")), 1, 3))
				.isEqualTo(utf8("HelloHelloHelloHello"));
		}

		/** As far back as said, 3 bytes in a block of fixed codes. */
		private byte[] matchOf3(int distance) {
			int[] base = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
					2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };
			int code = 29;
			while (base[code] > distance) {
				code--;
			}
			int extra = (code < 4) ? 0 : code / 2 - 1;
			// not last, fixed; length code 257; distance code; extra bits; end of block;
			// the beginning of the stored block whose rest is the tail
			long bits = 0b010;
			int count = 3;
			bits |= (long) (Integer.reverse(257 - 256) >>> 25) << count;
			count += 7;
			bits |= (long) (Integer.reverse(code) >>> 27) << count;
			count += 5;
			bits |= (long) (distance - base[code]) << count;
			count += extra + 7 + 3;
			byte[] payload = ByteBuffer.allocate(8).putLong(Long.reverseBytes(bits)).array();
			return Arrays.copyOf(payload, (count + 7) / 8);
		}

	}

	private static byte[] stored(byte[] message) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int from = 0; from < message.length; from += 10_000) {
			int length = Math.min(10_000, message.length - from);
			out.writeBytes(
					new byte[] { 0, (byte) length, (byte) (length >> 8), (byte) ~length, (byte) (~length >> 8) });
			out.write(message, from, length);
		}
		out.write(0);
		return out.toByteArray();
	}

	@Nested
	class Blocks {

		@Test
		void ofEveryKind() {
			byte[] empty = hex("000000ffff");
			byte[] hello = hex("f248cdc9c90700 0000ffff");
			byte[] message = join(empty, empty, stored(utf8("stored")), hex("0000ffff"), hello, empty,
					hex("f348cdc9c90700"), empty, deflated(words(5000, 1)));
			byte[] expected = join(utf8("storedHelloHello"), words(5000, 1));
			for (int piece : new int[] { 1, 3, 9000 }) {
				assertThat(message(alone, message, piece, 100)).isEqualTo(expected);
				assertThat(message(keeping, message, piece, 100)).isEqualTo(expected);
			}
		}

		@Test
		void ofNothingAtAll() {
			byte[] empties = new byte[5 * 1000 + 1];
			for (int i = 0; i < 1000; i++) {
				System.arraycopy(hex("000000ffff"), 0, empties, 5 * i, 5);
			}
			assertThat(message(alone, empties)).isEmpty();
			byte[] lasts = new byte[2000];
			for (int i = 0; i < 1000; i++) {
				System.arraycopy(hex("0300"), 0, lasts, 2 * i, 2);
			}
			assertThat(message(alone, lasts)).isEmpty();
		}

	}

	@Nested
	class Section7_2_2_CorruptData {

		@ParameterizedTest
		@ValueSource(strings = { "ff", "07", "0005000000", "000500fbff48656c6c6f00", "0400ff", "62606000ff",
				"f248cdc9c907", "f248cdc9c9", "f2", "ffffffff", "f348cdc9c90700ff", "04c0ffffffffffff", "" })
		void isRefused(String payload) {
			for (int piece : new int[] { 1, 100 }) {
				expectCorrupt(alone, hex(payload), piece, 10);
				expectCorrupt(keeping, hex(payload), piece, 10);
			}
		}

		@Test
		void soIsWhatBreaksOffAnywhere() {
			int refused = 0;
			for (byte[] payload : List.of(deflated(words(700, 1)), deflated(noise(300, 1)),
					deflated(utf8("a".repeat(99))), hex("f248cdc9c90700"), stored(utf8("stored")))) {
				for (int cut = 0; cut < payload.length; cut++) {
					byte[] broken = Arrays.copyOf(payload, cut);
					if (naively(broken) != null) {
						continue; // such as 0000FFFF in a stored block, whose tail can be
									// any
					}
					refused++;
					expectCorrupt(alone, broken, 1000, 1000);
					expectCorrupt(keeping, broken, 1000, 1000);
					assertThat(inflaters.held()).isZero();
				}
			}
			assertThat(refused).isGreaterThan(1000);
		}

		@Test
		void noiseIsTheSameAsForTheNaiveReader() {
			int accepted = 0;
			for (int seed = 0; seed < 20_000; seed++) {
				byte[] payload = noise(1 + seed % 6, seed);
				byte[] expected = naively(payload);
				if (expected == null) {
					expectCorrupt(alone, payload, 1 + seed % 3, 100);
				}
				else {
					accepted++;
					assertThat(message(alone, payload, 1 + seed % 3, 100)).isEqualTo(expected);
				}
			}
			assertThat(accepted).isGreaterThan(50);
		}

		private byte[] naively(byte[] payload) {
			try {
				return NaiveInflate.message(payload, NOTHING).bytes();
			}
			catch (IllegalStateException | IndexOutOfBoundsException ex) {
				return null;
			}
		}

		@Test
		void theNextMessageOfTheStateIsFine() {
			for (int i = 0; i < 10; i++) {
				expectCorrupt(alone, hex("ff"), 1, 1);
				expectCorrupt(keeping, hex("f248cdc9"), 1, 1);
				assertThat(message(alone, deflated(utf8("fine")))).isEqualTo(utf8("fine"));
			}
		}

	}

	@Nested
	class States {

		@Test
		void areHeldWhileAMessageArrives() {
			assertThat(inflaters.held()).isZero();
			alone.input(hex("f248cd"), 3);
			assertThat(inflaters.held()).isEqualTo(1);
			alone.end();
			assertThat(inflaters.held()).isZero();
			message(alone, hex("f248cdc9c90700"));
			assertThat(inflaters.held()).isZero();
		}

		@Test
		void windowsAreHeldUntilTheEnd() {
			message(keeping, hex("00"));
			assertThat(inflaters.held()).isZero();
			for (int i = 0; i < 3; i++) {
				message(keeping, hex("f348cdc9c90700f248cdc9c90700"));
				assertThat(inflaters.held()).isEqualTo(1);
			}
			keeping.input(hex("f248cd"), 3);
			assertThat(inflaters.held()).isEqualTo(2);
			keeping.end();
			keeping.end();
			assertThat(inflaters.held()).isZero();
		}

		@Test
		void ofManyConversationsAtOnceAreAllGivenBack() {
			List<MessageInflater> many = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				MessageInflater one = new MessageInflater(inflaters, i % 2 == 0);
				one.input(hex("f248cd"), 3);
				many.add(one);
			}
			assertThat(inflaters.held()).isEqualTo(20);
			many.forEach(MessageInflater::end);
			assertThat(inflaters.held()).isZero();
		}

	}

	@Nested
	class RoundTrips {

		@Test
		void whatWeDeflateWeInflate() {
			MessageDeflater deflater = new MessageDeflater(1);
			Random random = new Random(5);
			for (int i = 0; i < 200; i++) {
				byte[] message = (i % 4 == 0) ? noise(random.nextInt(3000), i) : words(random.nextInt(40_000), i % 7);
				ByteBuffer compressed = deflater.deflate(ByteBuffer.wrap(message), 11);
				byte[] payload = new byte[compressed.remaining()];
				compressed.get(payload);
				assertThat(message(keeping, payload, 1 + random.nextInt(900), 1 + random.nextInt(900)))
					.isEqualTo(message);
			}
			deflater.end();
		}

	}

}
