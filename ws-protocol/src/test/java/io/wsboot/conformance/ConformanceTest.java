package io.wsboot.conformance;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WatchedServer.Holdings;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CLOSE;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.PING;
import static io.wsboot.ClientBytes.PONG;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What RFC 6455 asks of a server, section by section, over a socket in every
 * {@link Setting}. A number at the beginning of a name is that of a case of the Autobahn
 * test suite that the test is modelled after.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("settings")
class ConformanceTest {

	private static final int MIB = 1024 * 1024;

	private static final String GREETING = "Hello-\u00B5@\u00DF\u00F6\u00E4\u00FC\u00E0\u00E1-UTF-8!!";

	private static @Nullable WatchedServer server;

	@Parameter
	Setting setting;

	static List<Setting> settings() {
		return Setting.all();
	}

	@BeforeParameterizedClassInvocation
	static void start(Setting setting) {
		server = setting.start(
				(options) -> options.maxFrameSize(16 * MIB)
					.maxMessageSize(16 * MIB)
					.maxFragments(300_000)
					.outbound(new OutboundOptions(32 * MIB, 64 * 1024, OverflowPolicy.CLOSE, Duration.ofSeconds(30))),
				"/echo");
	}

	@AfterParameterizedClassInvocation
	static void nothingIsLeft() {
		try (WatchedServer over = server()) {
			Awaitility.await().untilAsserted(() -> assertThat(over.holdings()).isEqualTo(new Holdings(0, 0, 0, 0)));
		}
	}

	private static WatchedServer server() {
		assertThat(server).isNotNull();
		return server;
	}

	private static ClientBytes bytes() {
		return new ClientBytes();
	}

	private static Case echo(String name, ClientBytes sent, String... events) {
		return Case.of(name).send(sent).expect(events);
	}

	private static Case fails(String name, ClientBytes sent, int code) {
		return Case.of(name).send(sent).expect("close " + code);
	}

	private static String hex(byte... bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	/** Bytes that are as many letters. */
	private static byte[] letters(int size) {
		byte[] letters = new byte[size];
		for (int i = 0; i < size; i++) {
			letters[i] = (byte) ('a' + i % 23);
		}
		return letters;
	}

	private static String string(byte[] ascii) {
		return new String(ascii, StandardCharsets.US_ASCII);
	}

	/** A message cut into frames of a size. */
	private static ClientBytes cut(int opcode, byte[] message, int size) {
		ClientBytes frames = bytes();
		for (int at = 0; at < message.length; at += size) {
			int end = Math.min(message.length, at + size);
			frames.frame(((at == 0) ? opcode : CONTINUATION) | ((end == message.length) ? FIN : 0),
					java.util.Arrays.copyOfRange(message, at, end));
		}
		return frames;
	}

	/** Cases as tests of the surrounding setting. */
	private Stream<DynamicTest> run(Case... cases) {
		return run(List.of(cases).stream());
	}

	private Stream<DynamicTest> run(Stream<Case> cases) {
		return cases.map((one) -> DynamicTest.dynamicTest(one.name(), () -> one.run(this.setting, server().port())));
	}

	/** The names of all requests. */
	static Set<String> requests() throws ReflectiveOperationException {
		Set<String> names = new HashSet<>();
		for (Class<?> section : ConformanceTest.class.getDeclaredClasses()) {
			boolean requests = section.getSimpleName().startsWith("Section4");
			for (Method tests : requests ? section.getDeclaredMethods() : new Method[0]) {
				if (tests.isAnnotationPresent(TestFactory.class)) {
					Object all = section.getDeclaredConstructor(ConformanceTest.class)
						.newInstance(new ConformanceTest());
					((Stream<?>) tests.invoke(all)).forEach((test) -> names.add(((DynamicTest) test).getDisplayName()));
				}
			}
		}
		return names;
	}

	/** Requests and the status that each one gets. */
	private Stream<DynamicTest> requests(Request... requests) {
		return Stream.of(requests)
			.map((request) -> DynamicTest.dynamicTest(request.name(),
					() -> request.run(this.setting, server().port())));
	}

	@Nested
	class Section4_1_ClientRequirements {

		@TestFactory
		Stream<DynamicTest> aRequestThatBreaksThemIsRefused() {
			return requests(
					new Request("a URI as the target is taken", Request.head("/echo", "http://example.com/echo?a=b"),
							101),
					new Request("HTTP below 1.1", Request.head("HTTP/1.1", "HTTP/1.0"), 426, "upgrade: websocket"),
					new Request("a method other than GET", Request.head("GET", "PUT"), 405, "allow: GET"),
					new Request("no Host", Request.head("Host: example.com\r\n", ""), 400),
					new Request("other fields are taken", Request.head("\r\n\r\n", "\r\nCookie: a=b\r\nX-Y: z\r\n\r\n"),
							101),
					new Request("subprotocols that are not unique",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat, chat\r\n\r\n"), 400));
		}

	}

	@Nested
	class Section4_2_1_ReadingTheHandshake {

		@TestFactory
		Stream<DynamicTest> everyItemIsRequired() {
			return requests(new Request("1 GET, HTTP/1.1", Request.head("/echo", "/echo"), 101),
					new Request("2 Host", Request.head("example.com", ""), 400),
					new Request("3 Upgrade", Request.head("Upgrade: websocket\r\n", ""), 426, "upgrade: websocket"),
					new Request("3 Upgrade in any case", Request.head(": websocket", ": WEBSocket"), 101),
					new Request("3 Upgrade among others", Request.head(": websocket", ": h2c, websocket"), 101),
					new Request("4 Connection", Request.head(": Upgrade", ": close"), 426),
					new Request("4 Connection in any case", Request.head(": Upgrade", ": uPGRADE"), 101),
					new Request("4 Connection among others", Request.head(": Upgrade", ": keep-alive, Upgrade"), 101),
					new Request("5 key", Request.head("b25jZQ==", "b25j"), 400),
					new Request("6 version", Request.head("Version: 13", "Version: 0"), 426),
					new Request("7 no Origin", Request.head("Host", "host"), 101),
					new Request("7 own Origin", Request.head("\r\n\r\n", "\r\nOrigin: http://example.com\r\n\r\n"),
							101),
					new Request("7 foreign Origin", Request.head("\r\n\r\n", "\r\nOrigin: http://example.org\r\n\r\n"),
							403));
		}

	}

	/** RFC 9110 §5.6.1.2: gateways write lists with nothing in them. */
	@Nested
	class Section9_1_EmptyLists {

		@TestFactory
		Stream<DynamicTest> areTaken() {
			return Stream
				.of("Sec-WebSocket-Extensions:", "Sec-WebSocket-Extensions: ,", "Sec-WebSocket-Extensions: , ,",
						"Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: ,,",
						"Sec-WebSocket-Extensions:\r\nSec-WebSocket-Protocol:", "Connection:", "Connection: ,",
						"Upgrade: ,", "X-Forwarded-For:", "X-Forwarded-For: ,", "Forwarded:", "Forwarded: , ,")
				.map((fields) -> List.of(
						new Request(fields + " has no subprotocol",
								Request.head("\r\n\r\n", "\r\n" + fields + "\r\n\r\n"), 101, "sec-websocket-protocol"),
						new Request(fields + " has no extension",
								Request.head("\r\n\r\n", "\r\n" + fields + "\r\n\r\n"), 101,
								"sec-websocket-extensions")))
				.flatMap((both) -> requests(both.toArray(Request[]::new)));
		}

		@TestFactory
		Stream<DynamicTest> emptyMembersAreSkipped() {
			return requests(new Request("Connection", Request.head(": Upgrade", ": , Upgrade"), 101),
					new Request("Connection, behind", Request.head(": Upgrade", ":Upgrade ,,"), 101),
					new Request("Upgrade", Request.head(": websocket", ": websocket,"), 101),
					new Request("Upgrade, before", Request.head(": websocket", ":, ,websocket"), 101),
					new Request("subprotocols",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Protocol: ,, superchat,\r\n\r\n"), 101,
							"sec-websocket-protocol: superchat"),
					new Request("a version is no list", Request.head("Version: 13", "Version: 13,"), 426),
					new Request("a key is no list", Request.head("b25jZQ==", "b25jZQ==,"), 400),
					new Request("an origin is no list", Request.head("\r\n\r\n", "\r\nOrigin:\r\n\r\n"), 403),
					new Request("what frames the request is not taken",
							Request.head("\r\n\r\n", "\r\nTransfer-Encoding:\r\n\r\n"), 400));
		}

	}

	@Nested
	class Section4_2_2_AnsweringTheHandshake {

		@TestFactory
		Stream<DynamicTest> withWhatWasAgreed() {
			return requests(
					new Request("5.4 the key of §1.3", Request.head("/echo", "/echo"), 101,
							"sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
					new Request("5.4 another key", Request.head("dGhlIHNhbXBsZSBub25jZQ==", "AQIDBAUGBwgJCgsMDQ4PEC=="),
							101, "sec-websocket-accept: OfS0wDaT5NoxF2gqm7Zj2YtetzM="),
					new Request("4 unknown path", Request.head("/echo", "/other"), 404),
					new Request("5.5 no subprotocol was asked for", Request.head("/echo", "/echo"), 101,
							"sec-websocket-protocol"),
					new Request("5.5 a subprotocol",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Protocol: x, superchat\r\n\r\n"), 101,
							"sec-websocket-protocol: superchat"),
					new Request("5.5 ours come first",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Protocol: superchat, chat\r\n\r\n"), 101,
							"sec-websocket-protocol: chat"),
					new Request("5.5 none that we know",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Protocol: Chat, x\r\n\r\n"), 101,
							"sec-websocket-protocol"),
					new Request("5.6 no extension that we know",
							Request.head("\r\n\r\n", "\r\nSec-WebSocket-Extensions: x-y; a; b=\"c\"\r\n\r\n"), 101,
							"sec-websocket-extensions"));
		}

		@TestFactory
		Stream<DynamicTest> framesMayFollowAtOnce() {
			return Stream.of(Cut.values()).map((cut) -> DynamicTest.dynamicTest("behind the request, " + cut, () -> {
				try (Peer peer = new Peer(setting, server().port())) {
					peer.send(bytes().handshake().text("early").bytes(), cut);
					peer.expectSwitch();
					assertThat(peer.readEvent()).isEqualTo("text early");
					peer.closeInOrder();
				}
			}));
		}

	}

	@Nested
	class Section4_4_Versions {

		@TestFactory
		Stream<DynamicTest> othersAreToldOurs() {
			return Stream.of("0", "8", "12", "14", "255", "8, 13", "", "x")
				.map((version) -> new Request("version \"" + version + "\"", Request.head("13", version), 426,
						"sec-websocket-version: 13"))
				.flatMap(ConformanceTest.this::requests);
		}

	}

	@Nested
	class Section5_1_Masks {

		@TestFactory
		Stream<DynamicTest> areRequiredOfClients() {
			return run(fails("§5.1 text", bytes().unmasked(FIN | TEXT, letters(3)), 1002),
					fails("§5.1 text of 200 bytes", bytes().unmasked(FIN | TEXT, letters(200)), 1002),
					fails("§5.1 continuation", bytes().frame(TEXT, "61").unmasked(FIN | CONTINUATION), 1002),
					fails("§5.1 Ping", bytes().unmasked(FIN | PING), 1002),
					fails("§5.1 Close", bytes().unmasked(FIN | CLOSE, (byte) 3, (byte) 0xE8), 1002));
		}

	}

	@Nested
	class Section5_2_Framing {

		@TestFactory
		Stream<DynamicTest> reservedBits() {
			String hello = "48656c6c6f";
			return run(fails("3.1 RSV 1, alone", bytes().frame(FIN | 0x10 | TEXT, hello), 1002),
					Case.of("3.2 RSV 2 behind a text")
						.send(bytes().text("a"))
						.expect("text a")
						.send(bytes().frame(FIN | 0x20 | TEXT, hello).ping())
						.expect("close 1002"),
					Case.of("3.3 RSV 3 behind a text")
						.send(bytes().text("a"))
						.expect("text a")
						.send(bytes().frame(FIN | 0x30 | TEXT, hello).ping())
						.expect("close 1002"),
					Case.of("3.4 RSV 4 behind a text")
						.send(bytes().text("a"))
						.expect("text a")
						.send(bytes().frame(FIN | 0x40 | TEXT, hello).ping())
						.expect("close 1002"),
					fails("3.5 RSV 5 on binary", bytes().frame(FIN | 0x50 | BINARY, hello), 1002),
					fails("3.6 RSV 6 on Ping", bytes().frame(FIN | 0x60 | PING, hello), 1002),
					fails("3.7 RSV 7 on Close", bytes().frame(FIN | 0x70 | CLOSE), 1002));
		}

		@TestFactory
		Stream<DynamicTest> reservedOpcodes() {
			Stream<Case> alone = IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
				.boxed()
				.flatMap((opcode) -> Stream.of(
						fails("4 opcode " + opcode + ", empty", bytes().frame(FIN | opcode), 1002),
						fails("4 opcode " + opcode + " with a payload", bytes().frame(FIN | opcode, letters(9)), 1002),
						Case.of("4 opcode " + opcode + " behind a text, and a Ping")
							.send(bytes().text("a"))
							.expect("text a")
							.send(bytes().frame(FIN | opcode, letters(9)).ping())
							.expect("close 1002")));
			return run(alone);
		}

		@TestFactory
		Stream<DynamicTest> lengths() {
			return run(IntStream.of(0, 1, 124, 125, 126, 127, 128, 255, 256, 65534, 65535, 65536, 65537)
				.boxed()
				.flatMap((size) -> Stream.of(
						echo("1.1 text of " + size, bytes().frame(FIN | TEXT, letters(size)),
								"text " + string(letters(size))),
						echo("1.2 binary of " + size, bytes().binary(letters(size)), "binary " + hex(letters(size))))));
		}

		@TestFactory
		Stream<DynamicTest> lengthsNotInTheShortestForm() {
			Stream<Case> in16 = IntStream.of(0, 1, 125)
				.mapToObj((size) -> fails("§5.2 " + size + " in 16 bits",
						bytes().withLengthOf(16, FIN | BINARY, new byte[size]), 1002));
			Stream<Case> in64 = IntStream.of(0, 125, 126, 65535)
				.mapToObj((size) -> fails("§5.2 " + size + " in 64 bits",
						bytes().withLengthOf(64, FIN | BINARY, new byte[size]), 1002));
			Stream<Case> highest = Stream
				.of(fails("§5.2 highest bit", bytes().hex("82FF 8000000000000000 00000000"), 1002));
			return run(Stream.of(in16, in64, highest).flatMap((cases) -> cases));
		}

	}

	@Nested
	class Section5_3_Masking {

		@TestFactory
		Stream<DynamicTest> anyKeyWill() {
			return run(Stream.of("00000000", "FFFFFFFF", "00FF00FF", "80000000", "00000001", "37FA213D").map((key) -> {
				byte[] mask = HexFormat.of().parseHex(key);
				byte[] masked = letters(7);
				for (int i = 0; i < masked.length; i++) {
					masked[i] ^= mask[i % 4];
				}
				return echo("§5.3 key " + key, bytes().hex("8187").raw(mask).raw(masked), "text abcdefg");
			}));
		}

	}

	@Nested
	class Section5_4_Fragmentation {

		@TestFactory
		Stream<DynamicTest> messages() {
			ClientBytes ten = bytes().frame(TEXT, "61");
			for (int i = 0; i < 8; i++) {
				ten.frame(CONTINUATION, "62").ping((byte) i);
			}
			ten.frame(FIN | CONTINUATION, "63");
			return run(
					echo("5.3, 5.4, 5.5 text in two fragments",
							bytes().frame(TEXT, "6131").frame(FIN | CONTINUATION, "6132"), "text a1a2"),
					echo("5.6, 5.7, 5.8 Ping between them",
							bytes().frame(TEXT, "6131").ping((byte) 1, (byte) 2).frame(FIN | CONTINUATION, "6132"),
							"pong 0102", "text a1a2"),
					echo("§5.4 binary in three fragments",
							bytes().frame(BINARY, "01").frame(CONTINUATION, "02").frame(FIN | CONTINUATION, "03"),
							"binary 010203"),
					echo("6.1.1, 6.1.2 empty fragments",
							bytes().frame(TEXT).frame(CONTINUATION).frame(FIN | CONTINUATION), "text "),
					echo("6.1.3 only the middle one is not empty",
							bytes().frame(TEXT).frame(CONTINUATION, "6D6964").frame(FIN | CONTINUATION), "text mid"),
					echo("§5.4 Pings between ten fragments", ten, "pong 00", "pong 01", "pong 02", "pong 03", "pong 04",
							"pong 05", "pong 06", "pong 07", "text abbbbbbbbc"),
					Case.of("5.19, 5.20 two messages of five fragments and Pings, with a pause")
						.send(bytes().frame(TEXT, "31").frame(CONTINUATION, "32").ping((byte) 1))
						.expect("pong 01")
						.send(bytes().frame(CONTINUATION, "33")
							.frame(CONTINUATION, "34")
							.ping((byte) 2)
							.frame(FIN | CONTINUATION, "35"))
						.expect("pong 02", "text 12345"));
		}

		@TestFactory
		Stream<DynamicTest> violations() {
			return run(
					fails("5.1 Ping in two fragments", bytes().frame(PING, "61").frame(FIN | CONTINUATION, "62"), 1002),
					fails("5.2 Pong in two fragments", bytes().frame(PONG, "61").frame(FIN | CONTINUATION, "62"), 1002),
					fails("5.9, 5.10, 5.11 continuation with FIN, and nothing to continue",
							bytes().frame(FIN | CONTINUATION, "61").text("b"), 1002),
					fails("5.12, 5.13, 5.14 continuation without FIN, and nothing to continue",
							bytes().frame(CONTINUATION, "61").text("b"), 1002),
					Case.of("5.15 continuation behind a message in fragments")
						.send(bytes().frame(TEXT, "61").frame(FIN | CONTINUATION, "62"))
						.expect("text ab")
						.send(bytes().frame(CONTINUATION, "63").frame(FIN | TEXT, "64"))
						.expect("close 1002"),

					fails("5.16, 5.17 text in fragments that begin with a continuation",
							bytes().frame(CONTINUATION, "61").frame(TEXT, "62").frame(FIN | CONTINUATION, "63"), 1002),
					fails("5.18 both fragments are text", bytes().frame(TEXT, "61").frame(FIN | TEXT, "62"), 1002),
					fails("§5.4 binary within text", bytes().frame(TEXT, "61").frame(FIN | BINARY, "62"), 1002));
		}

	}

	@Nested
	class Section5_5_1_Close {

		@TestFactory
		Stream<DynamicTest> isAnsweredWithItsCode() {
			return run(echo("7.3.1 empty", bytes().close(), "close"),
					fails("7.3.2 one byte", bytes().frame(FIN | CLOSE, "03"), 1002),
					echo("7.3.3 code", bytes().close(1000, ""), "close 1000"),
					echo("7.3.4 code and reason", bytes().close(1000, "Hello World!"), "close 1000"),
					echo("7.3.5 longest reason", bytes().close(1000, "*".repeat(123)), "close 1000"),
					fails("7.3.6 reason above that", bytes().close(1000, "*".repeat(124)), 1002),
					fails("7.5.1 reason that is not UTF-8",
							bytes().frame(FIN | CLOSE, "03E8 CEBAE1BDB9CF83CEBCCEB5EDA080656469746564"), 1007));
		}

		@TestFactory
		Stream<DynamicTest> isTheLastThatCounts() {
			return run(
					Case.of("7.1.1 behind a text")
						.send(bytes().text("a"))
						.expect("text a")
						.send(bytes().close(1000, ""))
						.expect("close 1000"),
					echo("7.1.2 twice", bytes().close(1000, "").close(1000, ""), "close 1000"),
					echo("7.1.3 Ping behind it", bytes().close(1000, "").ping(), "close 1000"),
					echo("7.1.4 text behind it", bytes().close(1000, "").text("a"), "close 1000"),
					echo("7.1.5 rest of a message behind it",
							bytes().frame(TEXT, "61").close(1000, "").frame(FIN | CONTINUATION, "62"), "close 1000"),
					Case.of("7.1.6 behind 256 KiB, and before a Ping")
						.send(bytes().binary(letters(256 * 1024)))
						.expect("binary " + hex(letters(256 * 1024)))
						.send(bytes().close(1000, "").ping())
						.expect("close 1000"));
		}

	}

	@Nested
	class Section5_5_2_Ping {

		@TestFactory
		Stream<DynamicTest> isAnsweredWithItsPayload() {
			byte[] odd = { 0, (byte) 0xFF, (byte) 0xFE, (byte) 0xFD, (byte) 0xFC, (byte) 0xFB, 0, (byte) 0xFF };
			ClientBytes ten = bytes();
			for (int i = 0; i < 10; i++) {
				ten.ping(("payload-" + i).getBytes(StandardCharsets.US_ASCII));
			}
			String[] pongs = IntStream.range(0, 10)
				.mapToObj((i) -> "pong " + hex(("payload-" + i).getBytes(StandardCharsets.US_ASCII)))
				.toArray(String[]::new);
			return run(echo("2.1 empty", bytes().ping(), "pong "),
					echo("2.2 text", bytes().ping(letters(12)), "pong " + hex(letters(12))),
					echo("2.3 bytes that are no text", bytes().ping(odd), "pong " + hex(odd)),
					echo("2.4, 2.6 125 bytes", bytes().ping(letters(125)), "pong " + hex(letters(125))),
					fails("2.5 126 bytes", bytes().ping(letters(126)), 1002),
					echo("2.10, 2.11 ten at once", ten, pongs));
		}

	}

	@Nested
	class Section5_5_3_Pong {

		@TestFactory
		Stream<DynamicTest> isNotAnswered() {
			return run(echo("2.7 empty", bytes().pong()), echo("2.8 with a payload", bytes().pong(letters(12))),
					echo("2.9 before a Ping", bytes().pong(letters(12)).ping((byte) 1), "pong 01"),
					fails("§5.5 126 bytes", bytes().pong(letters(126)), 1002));
		}

	}

	@Nested
	class Section5_6_DataFrames {

		@TestFactory
		Stream<DynamicTest> bigMessages() {
			return run(IntStream.of(64 * 1024, 256 * 1024, MIB, 4 * MIB, 8 * MIB, 16 * MIB)
				.boxed()
				.flatMap((size) -> Stream.of(
						echo("9.1 text of " + size, bytes().frame(FIN | TEXT, letters(size)),
								"text " + string(letters(size))),
						echo("9.2 binary of " + size, bytes().binary(letters(size)), "binary " + hex(letters(size))))
					.filter((one) -> size <= MIB || one.name().startsWith("9.1") == (size == 16 * MIB))));
		}

		@TestFactory
		Stream<DynamicTest> inFragments() {
			byte[] message = letters(4 * MIB);
			return run(IntStream.of(64, 256, 4096, 65536, MIB)
				.boxed()
				.flatMap((size) -> Stream.of(echo("9.3 text of 4 MiB in fragments of " + size, cut(TEXT, message, size),
						"text " + string(message)))));
		}

		@TestFactory
		Stream<DynamicTest> small() {
			ClientBytes many = bytes();
			String[] echoes = new String[1000];
			for (int i = 0; i < echoes.length; i++) {
				many.text("message " + i);
				echoes[i] = "text message " + i;
			}
			return run(echo("9.7 a thousand at once", many, echoes), echo("10.1.1 64 KiB behind fragments of 1300",
					cut(TEXT, letters(65536), 1300), "text " + string(letters(65536))));
		}

	}

	@Nested
	class Section6_1_Sending {

		@TestFactory
		Stream<DynamicTest> keepsTheOrder() {
			return run(echo("§6.1 texts and bytes", bytes().text("1").binary((byte) 2).text("3").binary((byte) 4),
					"text 1", "binary 02", "text 3", "binary 04"));
		}

	}

	@Nested
	class Section6_2_Receiving {

		@TestFactory
		Stream<DynamicTest> byteByByte() {
			return run(echo("2.6, 6.2.4 text cut anywhere", bytes().text(GREETING), "text " + GREETING),
					echo("§6.2 frames cut anywhere",
							bytes().frame(TEXT, "61").pong(letters(9)).frame(FIN | CONTINUATION, letters(130)),
							"text a" + string(letters(130))));
		}

	}

	@Nested
	class Section7_1_Closing {

		@TestFactory
		Stream<DynamicTest> theServerClosesTheConnectionFirst() {
			return Stream.of(Cut.values())
				.map((cut) -> DynamicTest.dynamicTest("§7.1.1 after both Close frames, " + cut, () -> {
					try (Peer peer = Peer.open(setting, server().port())) {
						long start = System.nanoTime();
						peer.send(bytes().close(1001, "").bytes(), cut);
						assertThat(peer.readEvent()).isEqualTo("close 1001");
						peer.expectEnd(); // while our half is open still
						assertThat(System.nanoTime() - start).as("ns").isLessThan(TimeUnit.SECONDS.toNanos(1));
					}
				}));
		}

		@TestFactory
		Stream<DynamicTest> byTheServer() {
			return Stream.of(
					closing("§5.5.1 messages behind our Close frame are read, and not answered",
							bytes().text("a").frame(TEXT, "62").frame(FIN | CONTINUATION, "63").binary(letters(5000))),
					closing("§5.5.2 Pings behind our Close frame are answered",
							bytes().ping((byte) 1).frame(TEXT, "61").pong((byte) 2).ping((byte) 3), "pong 01",
							"pong 03"),
					closing("§7.1.6 the peer may answer with another code", bytes()));
		}

		private DynamicTest closing(String name, ClientBytes sent, String... events) {
			return DynamicTest.dynamicTest(name, () -> {
				for (Cut cut : new Cut[] { Cut.WHOLE, Cut.RANDOM }) {
					try (Peer peer = Peer.open(setting, server().port())) {
						Awaitility.await().until(() -> server().holdings().sessions() == 1);
						server().closeSessions(new CloseStatus(4001, "enough"));
						assertThat(peer.readEvent()).isEqualTo("close 4001");
						peer.send(sent.bytes(), cut);
						for (String event : events) {
							assertThat(peer.readEvent()).isEqualTo(event);
						}
						peer.send(bytes().close(1000, "").bytes(), cut);
						peer.expectEnd();
					}
					Awaitility.await().until(() -> server().holdings().sessions() == 0);
				}
			});
		}

		@TestFactory
		Stream<DynamicTest> byBothAtOnce() {
			return Stream.of("5.5.1 simultaneously").map((name) -> DynamicTest.dynamicTest("§" + name, () -> {
				try (Peer peer = Peer.open(setting, server().port())) {
					Awaitility.await().until(() -> server().holdings().sessions() == 1);
					server().closeSessions(CloseStatus.NORMAL);
					peer.send(bytes().close(3000, "").bytes(), Cut.WHOLE);
					assertThat(peer.readEvent()).isIn("close 1000", "close 3000");
					peer.expectEnd();
				}
			}));
		}

		@TestFactory
		Stream<DynamicTest> failing() {
			return run(fails("§7.1.7 reads nothing more", bytes().hex("FF").text("a").close(1000, ""), 1002));
		}

	}

	@Nested
	class Section7_4_Codes {

		@TestFactory
		Stream<DynamicTest> thatMayBeSent() {
			return run(IntStream
				.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999)
				.mapToObj((code) -> echo("7.7 code " + code, bytes().close(code, "x"), "close " + code)));
		}

		@TestFactory
		Stream<DynamicTest> thatMayNot() {
			return run(IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32767, 32768, 65535)
				.mapToObj((code) -> fails("7.9, 7.13 code " + code, bytes().close(code, "x"), 1002)));
		}

	}

	@Nested
	class Section8_1_Utf8 {

		@TestFactory
		Stream<DynamicTest> valid() {
			return run(Stream
				.of("", "a", GREETING, "\u03BA\u1F79\u03C3\u03BC\u03B5", "\0", "\u007F", "\u0080", "\u07FF", "\u0800",
						"\uD7FF", "\uE000", "\uFFFD", "\uFFFE", "\uFFFF", "\uFEFF", "\uD800\uDC00", "\uD83D\uDE00",
						"\uDBFF\uDFFF", "\uD83F\uDFFE", "\uD83F\uDFFF", "e\u0301", "\u202E\u0644")
				.flatMap((text) -> Stream.of(
						echo("6.2, 6.5 to 6.7, 6.22 " + codePoints(text), bytes().text(text), "text " + text),
						echo("6.2.4 byte for byte in fragments " + codePoints(text),
								text.isEmpty() ? bytes().text("") : cut(TEXT, text.getBytes(StandardCharsets.UTF_8), 1),
								"text " + text))));
		}

		private static String codePoints(String text) {
			return text.codePoints().mapToObj((c) -> "U+%04X".formatted(c)).toList().toString();
		}

		@TestFactory
		Stream<DynamicTest> invalid() {
			return run(Stream
				.of("CEBAE1BDB9CF83CEBCCEB5EDA080656469746564", "CEBAE1BDB9CF83CEBCCEB5F4908080656469746564", "80",
						"BF", "8080", "80BF80BF", "C0", "DF", "E0", "EF", "E0A0", "EFBF", "F0", "F09080", "F48FBF",
						"F7", "F8", "FB", "FC", "FD", "FE", "FF", "FEFEFFFF", "C080", "C0AF", "C1BF", "E08080",
						"E080AF", "E09FBF", "F0808080", "F08080AF", "F08FBFBF", "F880808080", "F8888080AF",
						"FC8080808080", "FC848080808080", "EDA080", "EDADBF", "EDAE80", "EDAFBF", "EDB080", "EDBE80",
						"EDBFBF", "EDA080EDB080", "EDAFBFEDBFBF", "F4908080", "F7BFBFBF", "FBBFBFBFBF", "FDBFBFBFBFBF",
						"C328", "E228A1", "E28228", "F0288CBC", "F09028BC", "F0288C28")
				.flatMap((hex) -> Stream.of(fails("6.3, 6.8 to 6.21 " + hex, bytes().frame(FIN | TEXT, hex), 1007),
						fails("6.3.2 in fragments " + hex, cut(TEXT, HexFormat.of().parseHex(hex), 1), 1007))));
		}

		@TestFactory
		Stream<DynamicTest> failsFast() {
			return run(
					fails("6.4.1 at the fragment",
							bytes().frame(TEXT, "CEBAE1BDB9CF83CEBCCEB5").frame(CONTINUATION, "F4908080"), 1007),
					fails("6.4.2 at the byte",
							bytes().frame(TEXT, "CEBAE1BDB9CF83CEBCCEB5F4").frame(CONTINUATION, "90"), 1007),
					fails("6.4.3, 6.4.4 within a frame",
							bytes().declaring(FIN | TEXT, 21, HexFormat.of().parseHex("CEBAE1BDB9CF83CEBCCEB5F490")),
							1007));
		}

	}

}
