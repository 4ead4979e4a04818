package io.wsboot.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import io.wsboot.conformance.HostilePeer.Ending;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CLOSE;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.PING;
import static io.wsboot.ClientBytes.PONG;
import static io.wsboot.ClientBytes.TEXT;
import static io.wsboot.conformance.HostilePeer.fineFrames;
import static io.wsboot.conformance.HostilePeer.frames;
import static io.wsboot.conformance.HostilePeer.lost;
import static io.wsboot.conformance.HostilePeer.opened;

/**
 * Hostile frames and hostile silence, the second of the tables: RFC 6455 §5 to §8. The
 * limits are those of {@link HostilePeersTest}.
 */
final class HostileFrames {

	private HostileFrames() {
	}

	private static ClientBytes bytes() {
		return new ClientBytes();
	}

	static Stream<HostilePeer> all() {
		return Stream.concat(behindTheHead(), lossesOfHeads());
	}

	/** Those whose request is whole. */
	static Stream<HostilePeer> behindTheHead() {
		return Stream.of(headers(), lengths(), fragments(), controls(), closes(), texts(), floods(), lossesOfSessions())
			.flatMap(List::stream);
	}

	private static List<HostilePeer> headers() {
		List<HostilePeer> rows = new ArrayList<>();
		for (int bit = 1; bit <= 3; bit++) {
			int rsv = 0x80 >> bit;
			rows.add(frames("RSV" + bit + " on text", "§5.2", bytes().frame(FIN | rsv | TEXT, "61"), 1002));
			rows.add(frames("RSV" + bit + " on an empty Ping", "§5.2", bytes().frame(FIN | rsv | PING), 1002));
		}
		rows.add(frames("RSV1 on a continuation", "§5.2",
				bytes().frame(TEXT, "61").frame(FIN | 0x40 | CONTINUATION, "62"), 1002));
		rows.add(frames("all reserved bits on Close", "§5.2", bytes().frame(FIN | 0x70 | CLOSE), 1002));
		for (int opcode : new int[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }) {
			rows.add(frames("opcode " + opcode, "§5.2", bytes().frame(FIN | opcode, "61"), 1002));
		}
		rows.add(frames("unmasked text", "§5.1", bytes().unmasked(FIN | TEXT, (byte) 'a'), 1002));
		rows.add(frames("unmasked empty binary", "§5.1", bytes().unmasked(FIN | BINARY), 1002));
		rows.add(frames("unmasked Ping", "§5.1", bytes().unmasked(FIN | PING), 1002));
		rows.add(frames("unmasked Close", "§5.1", bytes().unmasked(FIN | CLOSE), 1002));
		rows.add(frames("HTTP for frames", "§5.2", bytes().ascii("GET / HTTP/1.1\r\n\r\n"), 1002));
		rows.add(frames("all ones", "§5.2", bytes().hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"), 1002));
		rows.add(fineFrames("key of zeros", "§5.3", bytes().hex("8183 00000000 616263"), "text abc"));
		rows.add(fineFrames("key of ones", "§5.3", bytes().hex("8183 FFFFFFFF 9E9D9C"), "text abc"));
		return rows;
	}

	private static List<HostilePeer> lengths() {
		return List.of(frames("16 bits for 0", "§5.2", bytes().withLengthOf(16, FIN | TEXT), 1002),
				frames("16 bits for 125", "§5.2", bytes().withLengthOf(16, FIN | TEXT, new byte[125]), 1002),
				frames("64 bits for 0", "§5.2", bytes().withLengthOf(64, FIN | TEXT), 1002),
				frames("64 bits for 125", "§5.2", bytes().withLengthOf(64, FIN | TEXT, new byte[125]), 1002),
				frames("64 bits for 126", "§5.2", bytes().withLengthOf(64, FIN | TEXT, new byte[126]), 1002),
				frames("64 bits for 65535", "§5.2", bytes().hex("81FF 000000000000FFFF 00000000"), 1002),
				frames("highest bit of 64", "§5.2", bytes().hex("81FF 8000000000010000 00000000"), 1002),
				frames("all 64 bits", "§5.2", bytes().hex("81FF FFFFFFFFFFFFFFFF 00000000"), 1002),
				frames("2^63 - 1 bytes declared", "§10.4", bytes().declaring(FIN | TEXT, Long.MAX_VALUE), 1009),
				frames("2^62 bytes declared", "§10.4", bytes().declaring(FIN | BINARY, 1L << 62), 1009),
				frames("2^32 bytes declared", "§10.4", bytes().declaring(FIN | BINARY, 1L << 32), 1009),
				frames("2^31 - 1 bytes declared", "§10.4", bytes().declaring(FIN | BINARY, Integer.MAX_VALUE), 1009),
				frames("2^62 bytes declared behind a fragment", "§10.4",
						bytes().frame(TEXT, "61").declaring(CONTINUATION, 1L << 62), 1009),
				frames("frame above the limit by one", "§10.4", bytes().binary(new byte[2049]), 1009),
				frames("message above the limit by one", "§10.4",
						bytes().frame(BINARY, new byte[2048])
							.frame(CONTINUATION, new byte[1024])
							.frame(FIN | CONTINUATION, new byte[1025]),
						1009),
				fineFrames("frame at the limit", "§10.4", bytes().frame(FIN | TEXT, filled(2048)),
						"text " + "x".repeat(2048)),
				fineFrames("message at the limit", "§10.4",
						bytes().frame(TEXT, filled(2048)).frame(FIN | CONTINUATION, filled(2048)),
						"text " + "x".repeat(4096)));
	}

	private static byte[] filled(int size) {
		byte[] bytes = new byte[size];
		Arrays.fill(bytes, (byte) 'x');
		return bytes;
	}

	private static List<HostilePeer> fragments() {
		return List.of(frames("continuation of nothing", "§5.4", bytes().frame(CONTINUATION, "61"), 1002),
				frames("last continuation of nothing", "§5.4", bytes().frame(FIN | CONTINUATION, "61"), 1002),
				frames("continuation behind a Pong", "§5.4", bytes().pong().frame(CONTINUATION, "62"), 1002),
				frames("text within text", "§5.4", bytes().frame(TEXT, "61").frame(FIN | TEXT, "62"), 1002),
				frames("binary within text", "§5.4", bytes().frame(TEXT, "61").frame(BINARY, "62"), 1002),
				frames("text within binary", "§5.4", bytes().frame(BINARY, "61").frame(FIN | TEXT, "62"), 1002),
				frames("text within text behind a Ping", "§5.4",
						bytes().frame(TEXT, "61").pong().frame(FIN | TEXT, "62"), 1002),
				fineFrames("a few empty fragments", "§5.4",
						bytes().frame(TEXT).frame(CONTINUATION).frame(CONTINUATION, "61").frame(FIN | CONTINUATION),
						"text a"),
				fineFrames("Ping within a message", "§5.4",
						bytes().frame(TEXT, "61").ping((byte) 1).frame(FIN | CONTINUATION, "62"), "pong 01",
						"text ab"));
	}

	private static List<HostilePeer> controls() {
		List<HostilePeer> rows = new ArrayList<>();
		for (int opcode : new int[] { CLOSE, PING, PONG }) {
			String name = (opcode == CLOSE) ? "Close" : (opcode == PING) ? "Ping" : "Pong";
			rows.add(frames(name + " of 126 bytes", "§5.5", bytes().frame(FIN | opcode, new byte[126]), 1002));
			rows.add(frames(name + " with 64 bits of length", "§5.5",
					bytes().withLengthOf(64, FIN | opcode, new byte[70000]), 1002));
			rows.add(frames(name + " in fragments", "§5.5", bytes().frame(opcode).frame(FIN | CONTINUATION), 1002));
			rows.add(frames(name + " in fragments within a message", "§5.5", bytes().frame(TEXT, "61").frame(opcode),
					1002));
		}
		rows.add(fineFrames("Pong that nobody asked for", "§5.5.3", bytes().pong(new byte[125])));
		rows.add(fineFrames("Ping of 125 bytes", "§5.5", bytes().ping(new byte[125]), "pong " + "00".repeat(125)));
		return rows;
	}

	private static List<HostilePeer> closes() {
		List<HostilePeer> rows = new ArrayList<>();
		rows.add(frames("Close of 1 byte", "§5.5.1", bytes().frame(FIN | CLOSE, "03"), 1002));
		for (int code : new int[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65535 }) {
			rows.add(frames("Close with " + code, "§7.4", bytes().close(code, ""), 1002));
		}
		for (String reason : List.of("FF", "C0AF", "E282", "EDA080", "F4908080", "80", "61C3")) {
			rows.add(frames("Close for the reason " + reason, "§5.5.1", bytes().frame(FIN | CLOSE, "03E8" + reason),
					1007));
		}
		UnaryOperator<ClientBytes> close = (bytes) -> bytes.close(3000, "x");
		rows.add(frames("two Closes", "§5.5.1", close.apply(close.apply(bytes())), 3000));
		rows.add(frames("text behind Close", "§5.5.1", close.apply(bytes()).text("a"), 3000));
		rows.add(frames("Ping behind Close", "§5.5.1", close.apply(bytes()).ping(), 3000));
		rows.add(frames("garbage behind Close", "§5.5.1", close.apply(bytes()).raw(filled(5000)), 3000));
		rows.add(frames("half a header behind Close", "§5.5.1", close.apply(bytes()).hex("81"), 3000));
		rows.add(frames("Close within a message", "§5.5.1", close.apply(bytes().frame(TEXT, "61")), 3000));
		rows.add(frames("garbage behind a violation", "§7.1.7", bytes().hex("FF").raw(filled(5000)), 1002));
		rows.add(frames("Close behind a violation", "§7.1.7", bytes().hex("FF").close(1000, ""), 1002));
		rows.add(frames("stays after a violation", "§7.1.1", bytes().hex("FF"), 1002).then(Ending.STAYS));
		rows.add(frames("stays after Close", "§7.1.1", close.apply(bytes()), 3000).then(Ending.STAYS));
		return rows;
	}

	private static List<HostilePeer> texts() {
		Stream<HostilePeer> wrong = Stream
			.of("80", "BF", "C0AF", "C1BF", "E080AF", "E09FBF", "F08080AF", "F08FBFBF", "F8888080AF", "FC8480808080AF",
					"FE", "FF", "C3", "E282", "F09F98", "C328", "E28228", "F09F9828", "EDA080", "EDBFBF",
					"EDA080EDB080", "F4908080", "F5808080", "F7BFBFBF", "61C3A9FF",
					"CEBAE1BDB9CF83CEBCCEB5EDA080656469746564")
			.map((hex) -> frames("text " + hex, "§8.1", bytes().frame(FIN | TEXT, hex), 1007));
		return Stream
			.concat(wrong,
					Stream.of(
							frames("character cut by the end of a message", "§8.1",
									bytes().frame(TEXT, "E2").frame(FIN | CONTINUATION, "82"), 1007),
							frames("character cut by a fragment and not continued", "§8.1",
									bytes().frame(TEXT, "E282").frame(CONTINUATION, "41"), 1007),
							frames("surrogate cut by a fragment", "§8.1",
									bytes().frame(TEXT, "ED").frame(CONTINUATION, "A0"), 1007),
							frames("too great a code point cut by a fragment", "§8.1",
									bytes().frame(TEXT, "F4").frame(CONTINUATION, "90"), 1007),
							frames("wrong character around a Ping", "§8.1",
									bytes().frame(TEXT, "C3").pong().frame(CONTINUATION, "28"), 1007),
							frames("wrong character in a frame that never ends", "§8.1",
									bytes().declaring(FIN | TEXT, 2000, HexFormat.of().parseHex("61FF")), 1007),
							fineFrames("characters cut by fragments", "§8.1",
									bytes().frame(TEXT, "F0")
										.frame(CONTINUATION, "9F")
										.frame(CONTINUATION, "98")
										.frame(CONTINUATION, "80C3")
										.frame(FIN | CONTINUATION, "A9"),
									"text \uD83D\uDE00\u00E9"),
							fineFrames("NUL, DEL and noncharacters", "§8.1",
									bytes().frame(FIN | TEXT, "00 7F EFBFBF F48FBFBF EFBBBF"),
									"text \0\u007F\uFFFF\uDBFF\uDFFF\uFEFF"),
							fineFrames("any bytes as binary", "§5.6", bytes().frame(FIN | BINARY, "C080FF"),
									"binary c080ff")))
			.toList();
	}

	private static List<HostilePeer> floods() {
		return List.of(
				frames("fragments", "§10.4",
						repeat(17, bytes().frame(TEXT, "61"), (bytes) -> bytes.frame(CONTINUATION, "61")), 1008),
				frames("empty fragments", "§10.4",
						repeat(1000, bytes().frame(TEXT), (bytes) -> bytes.frame(CONTINUATION)), 1008),
				frames("Pongs", "§10.4", repeat(200, bytes(), ClientBytes::pong), 1008),
				frames("Pongs of 125 bytes", "§10.4", repeat(200, bytes(), (bytes) -> bytes.pong(new byte[125])), 1008),
				frames("Pongs between fragments", "§10.4", repeat(200, bytes().frame(TEXT, "61"), ClientBytes::pong),
						1008),
				fineFrames("as many fragments as there may be", "§5.4",
						repeat(14, bytes().frame(TEXT, "61"), (bytes) -> bytes.frame(CONTINUATION, "61"))
							.frame(FIN | CONTINUATION, "61"),
						"text " + "a".repeat(16)));
	}

	private static ClientBytes repeat(int count, ClientBytes bytes, UnaryOperator<ClientBytes> more) {
		for (int i = 0; i < count; i++) {
			more.apply(bytes);
		}
		return bytes;
	}

	/** Those that never finish their request. */
	static Stream<HostilePeer> lossesOfHeads() {
		List<HostilePeer> rows = new ArrayList<>();
		byte[] head = bytes().handshake().bytes();
		for (Ending ending : new Ending[] { Ending.EOF, Ending.RESET, Ending.STAYS }) {
			HostileHeads.beginnings()
				.forEach((end) -> rows.add(lost(ending + " after " + end + " bytes of a head", "§4.1",
						Arrays.copyOf(head, end), false, ending)));
		}
		return rows.stream();
	}

	private static List<HostilePeer> lossesOfSessions() {
		List<HostilePeer> rows = new ArrayList<>();
		byte[] head = bytes().handshake().bytes();
		byte[] conversation = opened(bytes().frame(TEXT, filled(130)).ping(new byte[10]));
		for (Ending ending : new Ending[] { Ending.EOF, Ending.RESET }) {
			IntStream.of(0, 1, 2, 3, 7, 9, 100, 138)
				.forEach((end) -> rows.add(lost(ending + " after " + end + " bytes of frames", "§7.1.5",
						Arrays.copyOf(conversation, head.length + end), true, ending)));
			rows.add(lost(ending + " within a frame of 2000 bytes", "§7.1.5",
					opened(bytes().declaring(FIN | BINARY, 2000, filled(1000))), true, ending));
			rows.add(lost(ending + " within a Ping", "§7.1.5", opened(bytes().declaring(FIN | PING, 100, filled(50))),
					true, ending));
			rows.add(lost(ending + " within a Close", "§7.1.5", opened(bytes().declaring(FIN | CLOSE, 2, (byte) 3)),
					true, ending));
		}
		return rows;
	}

}
