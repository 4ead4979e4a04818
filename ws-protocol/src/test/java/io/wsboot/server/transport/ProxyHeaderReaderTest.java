package io.wsboot.server.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.wsboot.EverySplit;
import io.wsboot.server.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers of the PROXY protocol, in every way that TCP may cut them.
 */
class ProxyHeaderReaderTest {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private static final String V4 = "cb007109" + "0a000001" + "c740" + "01bb";

	private static final String V6 = "20010db8000000000000000000000007" + "20010db8000000000000000000000001" + "c740"
			+ "01bb";

	/** What follows, which must be left alone. */
	private static final byte[] MORE = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

	private static byte[] v2(String fixed, String rest) {
		return HexFormat.of().parseHex(SIGNATURE + fixed + String.format("%04x", rest.length() / 2) + rest);
	}

	/** What becomes of bytes, however they are cut: {@code address}, unknown or more. */
	private static String read(byte[] header) {
		String[] results = new String[1];
		EverySplit.forEach(RawClient.join(header, MORE), (chunks) -> {
			String result = whole(chunks, header.length);
			assertThat(results[0]).isIn(null, result);
			results[0] = result;
		});
		assertThat(careful(header)).isEqualTo(results[0]);
		return results[0];
	}

	private static String whole(Iterable<ByteBuffer> chunks, int length) {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		int taken = 0;
		for (ByteBuffer chunk : chunks) {
			int start = chunk.position();
			try {
				ProxyHeader header = reader.read(chunk);
				taken += chunk.position() - start;
				if (header != null) {
					assertThat(taken).as("bytes taken").isEqualTo(length);
					assertThat(reader.missing()).isZero();
					return String.valueOf(shown(header));
				}
				assertThat(chunk.hasRemaining()).isFalse();
				assertThat(reader.missing()).isPositive();
			}
			catch (MalformedProxyHeader ex) {
				assertThat(ex).hasNoCause().hasMessageMatching(".*(PROXY).*");
				assertThat(ex.getStackTrace()).isEmpty();
				return "malformed";
			}
		}
		return "more";
	}

	/** Reads no more than is known to be missing, as from a socket. */
	private static String careful(byte[] header) {
		byte[] all = RawClient.join(header, MORE);
		ProxyHeaderReader reader = new ProxyHeaderReader();
		int at = 0;
		try {
			while (at < all.length) {
				int count = Math.min(reader.missing(), all.length - at);
				ProxyHeader read = reader.read(ByteBuffer.wrap(all, at, count));
				at += count;
				if (read != null) {
					assertThat(at).as("bytes read from the socket").isEqualTo(header.length);
					return String.valueOf(shown(read));
				}
			}
			return "more";
		}
		catch (MalformedProxyHeader ex) {
			return "malformed";
		}
	}

	private static @Nullable String shown(ProxyHeader header) {
		return (header.client() == null) ? "unknown"
				: header.client().getAddress().getHostAddress() + " " + header.client().getPort();
	}

	@Nested
	class Version1 {

		private static String line(String text) {
			return read((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		}

		@ParameterizedTest
		@CsvSource({ "PROXY TCP4 203.0.113.9 10.0.0.1 51008 443, 203.0.113.9 51008",
				"PROXY TCP4 0.0.0.0 0.0.0.0 0 0, 0.0.0.0 0",
				"PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255 65535",
				"PROXY TCP6 2001:db8::7 2001:db8::1 51008 443, 2001:db8:0:0:0:0:0:7 51008",
				"PROXY TCP6 :: :: 1 1, 0:0:0:0:0:0:0:0 1", "PROXY TCP6 ::ffff:203.0.113.9 ::1 7 1, 203.0.113.9 7",
				"PROXY UNKNOWN, unknown", "PROXY UNKNOWN , unknown",
				"PROXY UNKNOWN ffff::1 any thing; at all 1 2 3 4 5 6, unknown" })
		void tellsTheClient(String line, String client) {
			assertThat(line(line)).isEqualTo(client);
		}

		@Test
		void mayHave107Bytes() {
			String longest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
			String shown = longest + " 65535";
			assertThat(line("PROXY TCP6 " + longest + " " + longest + " 65535 65535")).isEqualTo(shown);
			assertThat(line("PROXY UNKNOWN " + longest + " " + longest + " 65535 65535")).isEqualTo("unknown");
			assertThat(line("PROXY UNKNOWN " + longest + " " + longest + " 65535 655350")).isEqualTo("malformed");
			assertThat(line("PROXY UNKNOWN " + "x".repeat(2000))).isEqualTo("malformed");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "GET / HTTP/1.1", "proxy TCP4 1.1.1.1 1.1.1.1 1 1",
				"PROXY\tTCP4 1.1.1.1 1.1.1.1 1 1", "PROXY  TCP4 1.1.1.1 1.1.1.1 1 1", "PROXY tcp4 1.1.1.1 1.1.1.1 1 1",
				"PROXY TCP5 1.1.1.1 1.1.1.1 1 1", "PROXY UDP4 1.1.1.1 1.1.1.1 1 1", "PROXY TCP4", "PROXY TCP4 1.1.1.1",
				"PROXY TCP4 1.1.1.1 1.1.1.1 1", "PROXY TCP4 1.1.1.1 1.1.1.1 1 1 ", "PROXY TCP4 1.1.1.1 1.1.1.1 1 1 1",
				"PROXY TCP4 1.1.1.1  1.1.1.1 1 1", "PROXY TCP4 1.1.1 1.1.1.1 1 1", "PROXY TCP4 1.1.1.256 1.1.1.1 1 1",
				"PROXY TCP4 1.1.1.1 1.1.1.256 1 1", "PROXY TCP4 01.1.1.1 1.1.1.1 1 1",
				"PROXY TCP4 1.1.1.001 1.1.1.1 1 1", "PROXY TCP4 ::1 ::1 1 1", "PROXY TCP6 1.1.1.1 1.1.1.1 1 1",
				"PROXY TCP6 ::1 1.1.1.1 1 1", "PROXY TCP6 [::1] [::1] 1 1", "PROXY TCP6 :::1 ::1 1 1",
				"PROXY TCP6 fe80::1%eth0 ::1 1 1", "PROXY TCP4 1.1.1.1 1.1.1.1 65536 1",
				"PROXY TCP4 1.1.1.1 1.1.1.1 1 65536", "PROXY TCP4 1.1.1.1 1.1.1.1 -1 1",
				"PROXY TCP4 1.1.1.1 1.1.1.1 01 1", "PROXY TCP4 1.1.1.1 1.1.1.1 x 1", "PROXY TCP4 localhost 1.1.1.1 1 1",
				"PROXY UNKNOWNX", "PROXY UNKNOW", "PROXY UNKNOWN x\rx", "PROXY UNKNOWN x\nx",
				"PROXY TCP4 1.1.1.1 1.1.1.1 1 1\r", "PROXY UNKNOWN\n" })
		void malformed(String line) {
			assertThat(line(line)).isEqualTo("malformed");
		}

		@Test
		void isWaitedForUntilItsEnd() {
			String line = "PROXY TCP4 203.0.113.9 10.0.0.1 51008 443\r\n";
			for (int length = 0; length < line.length(); length++) {
				ByteBuffer part = ByteBuffer.wrap(line.substring(0, length).getBytes(StandardCharsets.US_ASCII));
				assertThat(whole(List.of(part), -1)).isEqualTo("more");
			}
		}

	}

	@Nested
	class Version2 {

		@ParameterizedTest
		@CsvSource({ "2111, " + V4 + ", 203.0.113.9 51008", "2121, " + V6 + ", 2001:db8:0:0:0:0:0:7 51008",
				"2111, " + V4 + "030004a1b2c3d4, 203.0.113.9 51008",
				"2121, " + V6 + "040000, 2001:db8:0:0:0:0:0:7 51008", "2112, " + V4 + ", unknown",
				"2122, " + V6 + ", unknown", "2100, '', unknown", "2100, 0102, unknown", "2000, '', unknown",
				"2011, " + V4 + ", unknown", "20ff, '', unknown", "2011, '', unknown",
				"2121, 00000000000000000000ffffcb007109" + "00000000000000000000ffff0a000001" + "c74001bb"
						+ ", 203.0.113.9 51008" })
		void tellsTheClient(String fixed, String rest, String client) {
			assertThat(read(v2(fixed, rest))).isEqualTo(client);
		}

		@Test
		void knowsUnixDomainSockets() {
			assertThat(read(v2("2131", "2f".repeat(216)))).isEqualTo("unknown");
			assertThat(read(v2("2131", "2f".repeat(215)))).isEqualTo("malformed");
		}

		@ParameterizedTest
		@CsvSource({ "1111, " + V4, "3111, " + V4, "0111, " + V4, "2211, " + V4, "2f11, " + V4, "2110, " + V4,
				"2113, " + V4, "2101, ''", "2141, " + V6, "21f1, " + V6, "2111, ''", "2111, cb0071090a000001c74001",
				"2121, " + V4 })
		void malformed(String fixed, String rest) {
			assertThat(read(v2(fixed, rest))).isEqualTo("malformed");
		}

		@Test
		void everyByteOfTheSignatureCounts() {
			for (int i = 0; i < 12; i++) {
				byte[] header = v2("2111", V4);
				header[i] ^= 0x20;
				assertThat(read(header)).as("byte %s", i).isEqualTo("malformed");
			}
		}

		@Test
		void whatFollowsTheAddressesIsSkippedHoweverMuchItIs() throws Exception {
			byte[] header = v2("2111", V4 + "00".repeat(65535 - 12));
			for (int step : new int[] { 1, 7, 1000, 65536 }) {
				ProxyHeaderReader reader = new ProxyHeaderReader();
				ProxyHeader read = null;
				for (int at = 0; at < header.length; at += step) {
					assertThat(read).isNull();
					read = reader.read(ByteBuffer.wrap(header, at, Math.min(step, header.length - at)));
				}
				assertThat(read).isNotNull();
				assertThat(shown(read)).isEqualTo("203.0.113.9 51008");
			}
		}

		@Test
		void everyLengthEndsWhereItSays() {
			for (int more = 0; more < 70; more++) {
				assertThat(read(v2("2121", V6 + "ff".repeat(more)))).isEqualTo("2001:db8:0:0:0:0:0:7 51008");
				assertThat(read(v2("2000", "0d".repeat(more)))).isEqualTo("unknown");
			}
		}

	}

	/** Whatever comes, the answer does not depend on how it was cut. */
	@Test
	void noise() {
		Random random = new Random(2);
		byte[][] starts = { "PROXY TCP4 203.0.113.9 10.0.0.1 51008 443\r\n".getBytes(StandardCharsets.US_ASCII),
				"PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII), v2("2111", V4), v2("2121", V6 + "0102") };
		for (int i = 0; i < 2000; i++) {
			byte[] bytes = starts[random.nextInt(starts.length)].clone();
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(bytes);
			all.writeBytes(new byte[300]);
			String[] results = new String[1];
			EverySplit.forEach(all.toByteArray(), (chunks) -> {
				String result = taken(chunks);
				assertThat(results[0]).isIn(null, result);
				results[0] = result;
			});
		}
	}

	private static String taken(Iterable<ByteBuffer> chunks) {
		ProxyHeaderReader reader = new ProxyHeaderReader();
		int taken = 0;
		for (ByteBuffer chunk : chunks) {
			int start = chunk.position();
			try {
				ProxyHeader header = reader.read(chunk);
				taken += chunk.position() - start;
				if (header != null) {
					return shown(header) + " after " + taken;
				}
			}
			catch (MalformedProxyHeader ex) {
				return "malformed";
			}
		}
		return "more";
	}

}
