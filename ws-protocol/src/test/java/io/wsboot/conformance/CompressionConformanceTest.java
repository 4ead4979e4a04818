package io.wsboot.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WatchedServer.Holdings;
import io.wsboot.server.config.CompressionOptions;
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
 * What RFC 7692 asks of a server, section by section, over a socket in every
 * {@link Setting}. A number at the beginning of a name is that of a case of the Autobahn
 * test suite that the test is modelled after.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("settings")
class CompressionConformanceTest {

	private static final int RSV1 = 0x40;

	private static final String DEFLATE = "permessage-deflate";

	private static final String ANSWER = "sec-websocket-extensions: " + DEFLATE;

	private static final String NO_ANSWER = "sec-websocket-extensions";

	private static @Nullable WatchedServer server;

	@Parameter
	Setting setting;

	static List<Setting> settings() {
		return Setting.all();
	}

	@BeforeParameterizedClassInvocation
	static void start(Setting setting) {
		server = setting.start(
				(options) -> options.maxFrameSize(200_000)
					.maxMessageSize(200_000)
					.compression(new CompressionOptions(true, 6, 0, true))
					.outbound(new OutboundOptions(1 << 20, 64 * 1024, OverflowPolicy.CLOSE, Duration.ofSeconds(30))),
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
		return Case.of(name).offering(DEFLATE).send(sent).expect(events);
	}

	private static Case fails(String name, ClientBytes sent, int code) {
		return Case.of(name).offering(DEFLATE).send(sent).expect("close " + code);
	}

	private Stream<DynamicTest> run(Case... cases) {
		return run(Stream.of(cases));
	}

	private Stream<DynamicTest> run(Stream<Case> cases) {
		return cases.map((one) -> DynamicTest.dynamicTest(one.name(), () -> one.run(this.setting, server().port())));
	}

	/** An offer in one header field, or several, and the answer. */
	private DynamicTest offer(String name, String answer, String... fields) {
		Request request = new Request(name,
				Request.with(
						Stream.of(fields).map((field) -> "Sec-WebSocket-Extensions: " + field).toArray(String[]::new)),
				101, answer);
		return DynamicTest.dynamicTest(name, () -> request.run(this.setting, server().port()));
	}

	@Nested
	class Section5_1_Offers {

		@TestFactory
		Stream<DynamicTest> theFirstThatCanBeHonouredIsAccepted() {
			return Stream.of(offer("§5.1 none but others", NO_ANSWER, "x-webkit-deflate-frame, foo; bar=1"),
					offer("§5.1 behind one that is unknown", ANSWER, "foo, " + DEFLATE),
					offer("§5.1 behind one that must be declined", ANSWER + "; server_no_context_takeover",
							DEFLATE + "; server_max_window_bits=7, " + DEFLATE + "; server_no_context_takeover"),
					offer("§5.1 in a second header field", ANSWER + "; server_max_window_bits=10",
							DEFLATE + "; unknown", DEFLATE + "; server_max_window_bits=10"),
					offer("§5.1 the first of two", ANSWER + "; server_max_window_bits=9",
							DEFLATE + "; server_max_window_bits=9, " + DEFLATE),
					offer("§5.1 twice", ANSWER, DEFLATE + ", " + DEFLATE),
					offer("RFC 6455 §9.1 quoted value", ANSWER + "; server_max_window_bits=12",
							DEFLATE + "; server_max_window_bits=\"12\""),
					offer("RFC 6455 §9.1 white space", ANSWER + "; server_no_context_takeover",
							"  " + DEFLATE + "  ;\tserver_no_context_takeover  "));
		}

	}

	@Nested
	class Section7_1_Parameters {

		@TestFactory
		Stream<DynamicTest> thatAreWrongDeclineTheOffer() {
			return Stream
				.of("unknown", "server_no_context_takeover=1", "client_no_context_takeover=true",
						"server_no_context_takeover; server_no_context_takeover", "server_max_window_bits",
						"server_max_window_bits=7", "server_max_window_bits=16", "server_max_window_bits=0",
						"server_max_window_bits=08", "server_max_window_bits=1x",
						"server_max_window_bits=9; server_max_window_bits=10", "client_max_window_bits=7",
						"client_max_window_bits=16", "client_max_window_bits; client_max_window_bits",
						"client_max_window_bits=09")
				.map((parameters) -> offer("§7.1 " + parameters, NO_ANSWER, DEFLATE + "; " + parameters));
		}

		@TestFactory
		Stream<DynamicTest> areAnswered() {
			Stream<DynamicTest> windows = IntStream.rangeClosed(8, 15)
				.mapToObj((bits) -> offer("§7.1.2.1 server_max_window_bits=" + bits,
						ANSWER + "; server_max_window_bits=" + bits, DEFLATE + "; server_max_window_bits=" + bits));
			return Stream.concat(windows, Stream.of(offer("§7.1 none", ANSWER, DEFLATE),
					offer("§7.1.1.1 server_no_context_takeover", ANSWER + "; server_no_context_takeover",
							DEFLATE + "; server_no_context_takeover"),
					offer("§7.1.1.2 client_no_context_takeover", ANSWER + "; client_no_context_takeover",
							DEFLATE + "; client_no_context_takeover"),
					offer("§7.1.2.2 client_max_window_bits may be left out", ANSWER,
							DEFLATE + "; client_max_window_bits"),
					offer("§7.1.2.2 client_max_window_bits=10 too", ANSWER, DEFLATE + "; client_max_window_bits=10"),
					offer("§7.1 all of them", ANSWER
							+ "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=11",
							DEFLATE + "; client_max_window_bits=12; server_max_window_bits=11; "
									+ "client_no_context_takeover; server_no_context_takeover")));
		}

	}

	@Nested
	class Section6_1_TheBit {

		@TestFactory
		Stream<DynamicTest> isForTheFirstFrameOfAMessage() {
			return run(fails("§6.1 on Ping", bytes().frame(FIN | RSV1 | PING), 1002),
					fails("§6.1 on Pong", bytes().frame(FIN | RSV1 | PONG), 1002),
					fails("§6.1 on Close", bytes().frame(FIN | RSV1 | CLOSE), 1002),
					fails("§6.1 on the second fragment",
							bytes().frame(RSV1 | TEXT, "F248CD").frame(FIN | RSV1 | CONTINUATION, "C9C90700"), 1002),
					fails("§6.1 on the second fragment of a plain message",
							bytes().frame(TEXT, "61").frame(FIN | RSV1 | CONTINUATION, "62"), 1002),
					fails("RFC 6455 §5.2 RSV2 beside it", bytes().frame(FIN | RSV1 | 0x20 | TEXT, "F248CDC9C90700"),
							1002),
					fails("RFC 6455 §5.2 RSV3 beside it", bytes().frame(FIN | RSV1 | 0x10 | TEXT, "F248CDC9C90700"),
							1002),
					Case.of("§6 without an agreement")
						.send(bytes().frame(FIN | RSV1 | TEXT, "F248CDC9C90700"))
						.expect("close 1002"),
					Case.of("§6 after an offer that was declined")
						.offering(DEFLATE + "; unknown")
						.send(bytes().frame(FIN | RSV1 | TEXT, "F248CDC9C90700"))
						.expect("close 1002"));
		}

		@TestFactory
		Stream<DynamicTest> needNotBeSet() {
			return run(echo("§6.1 plain text", bytes().text("Hello"), "deflated text Hello"),
					echo("§6.1 plain among compressed",
							bytes().text("a").frame(FIN | RSV1 | TEXT, "F248CDC9C90700").text("b"), "deflated text a",
							"deflated text Hello", "deflated text b"),
					echo("§6.1 plain fragments", bytes().frame(TEXT, "61").frame(FIN | CONTINUATION, "62"),
							"deflated text ab"));
		}

	}

	@Nested
	class Section7_2_Payloads {

		@TestFactory
		Stream<DynamicTest> examples() {
			return run(
					echo("§7.2.3.1 one block", bytes().frame(FIN | RSV1 | TEXT, "F248CDC9C90700"),
							"deflated text Hello"),
					echo("§7.2.3.1 in two fragments",
							bytes().frame(RSV1 | TEXT, "F248CD").frame(FIN | CONTINUATION, "C9C90700"),
							"deflated text Hello"),
					echo("§7.2.3.2 the window is shared",
							bytes().frame(FIN | RSV1 | TEXT, "F248CDC9C90700").frame(FIN | RSV1 | TEXT, "F200110000"),
							"deflated text Hello", "deflated text Hello"),
					echo("§7.2.3.3 stored block", bytes().frame(FIN | RSV1 | TEXT, "000500FAFF48656C6C6F00"),
							"deflated text Hello"),
					echo("§7.2.3.4 BFINAL", bytes().frame(FIN | RSV1 | TEXT, "F348CDC9C9070000"),
							"deflated text Hello"),
					echo("§7.2.3.4 BFINAL, and a message behind it",
							bytes().frame(FIN | RSV1 | TEXT, "F348CDC9C9070000")
								.frame(FIN | RSV1 | TEXT, "F348CDC9C9070000"),
							"deflated text Hello", "deflated text Hello"),
					echo("§7.2.3.5 two blocks", bytes().frame(FIN | RSV1 | TEXT, "F248050000 00FFFF CAC9C90700"),
							"deflated text Hello"),
					echo("§7.2.3.6 empty", bytes().frame(FIN | RSV1 | TEXT, "00"), "deflated text "),
					echo("§7.2.3.6 empty, of binary", bytes().frame(FIN | RSV1 | BINARY, "00"), "deflated binary "),
					echo("§7.2.2 in fragments of which some are empty, with a Ping",
							bytes().frame(RSV1 | TEXT)
								.frame(CONTINUATION, "F2")
								.ping((byte) 1)
								.frame(CONTINUATION)
								.frame(CONTINUATION, "48CDC9C907")
								.frame(FIN | CONTINUATION, "00"),
							"pong 01", "deflated text Hello"));
		}

		@TestFactory
		Stream<DynamicTest> thatAreNone() {
			return run(fails("§7.2.2 reserved type of block", bytes().frame(FIN | RSV1 | TEXT, "FFFF"), 1007),
					fails("§7.2.2 distance beyond the window", bytes().frame(FIN | RSV1 | TEXT, "F200110000"), 1007),
					fails("§7.2.2 cut short", bytes().frame(FIN | RSV1 | TEXT, "F248CD"), 1007),
					fails("§7.2.2 lengths of a stored block", bytes().frame(FIN | RSV1 | BINARY, "000500FBFF48"), 1007),
					fails("§7.2.2 text that is not UTF-8", bytes().frame(FIN | RSV1 | TEXT, deflated((byte) 0xC3)),
							1007),
					fails("§7.2.2 text that is not UTF-8, before its end",
							bytes().declaring(FIN | RSV1 | TEXT, 1000, deflated((byte) 'a', (byte) 0xFF, (byte) 'b')),
							1007),
					fails("RFC 6455 §10.4 a bomb", bytes().frame(FIN | RSV1 | BINARY, deflated(new byte[200_001])),
							1009),
					fails("RFC 6455 §10.4 a bomb in fragments",
							bytes().frame(RSV1 | BINARY, Arrays.copyOf(deflated(new byte[200_001]), 50))
								.frame(FIN | CONTINUATION, Arrays.copyOfRange(deflated(new byte[200_001]), 50,
										deflated(new byte[200_001]).length)),
							1009));
		}

		private static byte[] deflated(byte... message) {
			return new Deflation(false).next(message);
		}

	}

	@Nested
	class Conversations {

		private static final List<String> OFFERS = List.of(DEFLATE, DEFLATE + "; client_max_window_bits",
				DEFLATE + "; server_no_context_takeover", DEFLATE + "; server_max_window_bits=8",
				DEFLATE + "; server_max_window_bits=9", DEFLATE + "; server_max_window_bits=15",
				DEFLATE + "; server_no_context_takeover; server_max_window_bits=9",
				DEFLATE + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15",
				DEFLATE + "; server_no_context_takeover; server_max_window_bits=9, " + DEFLATE
						+ "; server_no_context_takeover, " + DEFLATE);

		@TestFactory
		Stream<DynamicTest> ofAThousandMessages() {
			return tests(1000, IntStream.of(64));
		}

		@TestFactory
		Stream<DynamicTest> ofMessagesOfOtherSizes() {
			return tests(10, IntStream.of(16, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072));
		}

		private Stream<DynamicTest> tests(int count, IntStream sizes) {
			return sizes.boxed()
				.flatMap((size) -> OFFERS.stream()
					.map((offer) -> DynamicTest.dynamicTest(
							"12, 13 %s messages of %s, %s".formatted(count, size, offer),
							() -> converse(offer, count, size))));
		}

		private void converse(String offer, int count, int size) throws Exception {
			try (Peer peer = Peer.open(setting, server().port(), offer);
					Deflation deflation = new Deflation(!offer.contains("client_no_context_takeover"))) {
				String source = words(size + 40 * count);
				for (int i = 0; i < count; i++) {
					String text = source.substring(40 * i, 40 * i + size);
					byte[] payload = deflation.next(text.getBytes(StandardCharsets.US_ASCII));
					int half = payload.length / 2;
					ClientBytes message = (i % 3 > 0) ? bytes().frame(FIN | RSV1 | TEXT, payload)
							: bytes().frame(RSV1 | TEXT, Arrays.copyOf(payload, half))
								.frame(FIN | CONTINUATION, Arrays.copyOfRange(payload, half, payload.length));
					peer.send(message.bytes(), Cut.WHOLE);
					// what cannot be compressed goes as it is
					assertThat(peer.readEvent()).isIn("deflated text " + text, (size < 100) ? "text " + text : "");
				}
				peer.closeInOrder();
			}
		}

		/** What compresses about as well as JSON. */
		private static String words(int size) {
			Random random = new Random(size);
			StringBuilder words = new StringBuilder();
			while (words.length() < size) {
				words.append("{\"key").append(random.nextInt(50)).append("\":").append(random.nextInt()).append("},");
			}
			return words.toString();
		}

	}

}
