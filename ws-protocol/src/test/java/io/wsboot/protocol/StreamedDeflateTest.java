package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.EverySplit;
import io.wsboot.MessageDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compressed messages that a {@link ServerProtocol} hands on piecewise (RFC 7692 §7.2.2),
 * against the same ones handed on whole.
 */
class StreamedDeflateTest {

	private static final int RSV1 = 0x40;

	private static final int PART = 512;

	private static final String[] TOO_BIG = { "sends close 1009", "closed VIOLATION 1009" };

	private final Scratch scratch = new Scratch(PART);

	@AfterEach
	void noStateIsHeld() {
		assertThat(this.scratch.inflatersHeld()).isZero();
	}

	private Exchange open(Compression.Offer offer, long max) {
		return Exchange.deflating(Exchange.LIMITS, this.scratch, offer,
				EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(max))
					.withBinary(MessageDelivery.inParts(max)));
	}

	private List<String> whole(Compression.Offer offer, byte[] wire) {
		try (Exchange exchange = Exchange.deflating(Exchange.LIMITS, this.scratch, offer)) {
			List<String> events = exchange.receive(wire).recorder.events();
			exchange.protocol.endOfInput();
			exchange.recorder.events();
			return events;
		}
	}

	private void everySplit(Compression.Offer offer, ClientBytes frames) {
		byte[] wire = frames.bytes();
		List<String> expected = whole(offer, wire);
		EverySplit.forEach(wire, (chunks) -> {
			try (Exchange exchange = open(offer, 0)) {
				chunks.forEach(exchange::receive);
				assertThat(Joined.of(exchange.recorder.events())).isEqualTo(expected);
				exchange.protocol.endOfInput();
				exchange.recorder.events();
			}
		});
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void partsTogetherAreTheMessage() {
		byte[] text = DeflatedBytes.of(utf8("Hell\u00F6 \u20AC \uD83D\uDE00 ".repeat(200)));
		int cut = text.length / 2;
		everySplit(Compression.Offer.ALONE,
				new ClientBytes().frame(FIN | RSV1 | TEXT, text)
					.text("plain \u20AC")
					.frame(RSV1 | BINARY, Arrays.copyOf(text, cut))
					.ping((byte) 1)
					.frame(CONTINUATION)
					.frame(FIN | CONTINUATION, Arrays.copyOfRange(text, cut, text.length))
					.frame(FIN | RSV1 | TEXT, "00")
					.frame(RSV1 | TEXT)
					.frame(FIN | CONTINUATION, "00"));
	}

	@Test
	void whatIsWrongIsFoundAsInWholeMessages() {
		byte[] text = DeflatedBytes.of(utf8("a".repeat(1200)));
		everySplit(Compression.Offer.ALONE, new ClientBytes().frame(FIN | RSV1 | TEXT, Arrays.copyOf(text, 6)));
		everySplit(Compression.Offer.ALONE, new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of((byte) 0xC0)));
		everySplit(Compression.Offer.ALONE, new ClientBytes().frame(FIN | RSV1 | TEXT, DeflatedBytes.of((byte) 0xE2)));
		everySplit(Compression.Offer.ALONE, new ClientBytes().frame(FIN | RSV1 | BINARY, "FFFFFF"));
	}

	/**
	 * What comes behind a last block may refer to what came before it, a part ago or two.
	 */
	@Test
	void lastBlocksMayComeInTheMiddle() {
		Random random = new Random(7);
		byte[] part = new byte[3 * PART / 2];
		random.nextBytes(part);
		Deflater zlib = new Deflater(9, true);
		byte[] first = deflated(zlib, part, Deflater.FULL_FLUSH);
		byte[] lastBlock = { 1, 0, 0, (byte) 0xFF, (byte) 0xFF };
		zlib.reset();
		zlib.setDictionary(part);
		byte[] second = deflated(zlib, part, Deflater.SYNC_FLUSH);
		zlib.end();
		assertThat(second.length).as("refers to the first").isLessThan(part.length / 10);
		byte[] payload = ByteBuffer.allocate(first.length + 5 + second.length - 4)
			.put(first)
			.put(lastBlock)
			.put(second, 0, second.length - 4)
			.array();
		byte[] wire = new ClientBytes().frame(FIN | RSV1 | BINARY, payload).bytes();
		assertThat(whole(Compression.Offer.ALONE, wire)).singleElement().asString().hasSize(7 + 4 * part.length);
		everySplit(Compression.Offer.ALONE, new ClientBytes().raw(wire));
	}

	private static byte[] deflated(Deflater zlib, byte[] bytes, int flush) {
		zlib.setInput(bytes);
		byte[] out = new byte[2 * bytes.length + 64];
		return Arrays.copyOf(out, zlib.deflate(out, 0, out.length, flush));
	}

	/** The window is a ring, which every message may begin anywhere in. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void messagesMayReferToTheOnesBefore(long seed) {
		Random random = new Random(seed);
		Deflater zlib = new Deflater(6, true);
		byte[] pool = new byte[40_000];
		random.nextBytes(pool);
		ClientBytes bytes = new ClientBytes();
		for (int i = 0; i < 60; i++) {
			int from = random.nextInt(pool.length);
			byte[] message = Arrays.copyOfRange(pool, from,
					Math.min(pool.length, from + 1 + random.nextInt(random.nextBoolean() ? 300 : 40_000)));
			bytes.frame(FIN | RSV1 | BINARY, DeflatedBytes.next(zlib, message));
		}
		zlib.end();
		byte[] wire = bytes.bytes();
		List<String> expected = whole(Compression.Offer.KEEPING_BOTH_WINDOWS, wire);
		assertThat(expected).hasSize(60);
		try (Exchange exchange = open(Compression.Offer.KEEPING_BOTH_WINDOWS, 0)) {
			for (int from = 0; from < wire.length;) {
				int to = Math.min(wire.length, from + 1 + random.nextInt(5000));
				exchange.receive(Arrays.copyOfRange(wire, from, to));
				from = to;
			}
			assertThat(Joined.of(exchange.recorder.events())).isEqualTo(expected);
			exchange.protocol.endOfInput();
			exchange.recorder.events();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1000, true", "1001, false", "100000, false" })
	void theBoundCountsInflatedBytes(int size, boolean fits) {
		byte[] payload = DeflatedBytes.of(new byte[size]);
		EverySplit.forEach(new ClientBytes().frame(FIN | RSV1 | BINARY, payload).bytes(), (chunks) -> {
			try (Exchange exchange = open(Compression.Offer.ALONE, 1000)) {
				chunks.forEach(exchange::receive);
				List<String> events = Joined.of(exchange.recorder.events());
				assertThat(events).isEqualTo(fits ? List.of("binary " + "00".repeat(size)) : List.of(TOO_BIG));
			}
		});
	}

	@Test
	void whatDoesNotCompressMayBeAsBigAsTheBound() {
		byte[] noise = new byte[5000];
		new Random(1).nextBytes(noise);
		try (Exchange exchange = open(Compression.Offer.ALONE, noise.length)) {
			exchange.receive(new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.of(noise)));
			assertThat(Joined.of(exchange.recorder.events())).singleElement().asString().startsWith("binary ");
		}
	}

	@Test
	void aPauseStopsInTheMiddleOfAFrame() {
		long size = 8L << 20;
		byte[] wire = new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.zeros(size)).bytes();
		long seen = 0;
		try (Exchange exchange = open(Compression.Offer.ALONE, size)) {
			exchange.recorder.on("binary-part", exchange.protocol::pause);
			ByteBuffer in = Exchange.lend(wire);
			exchange.protocol.receive(in);
			boolean last = false;
			while (!last) {
				List<String> events = exchange.recorder.events();
				assertThat(events).as("parts between pauses").hasSizeBetween(1, 2);
				for (String event : events) {
					seen += (event.length() - "binary-part ".length()) / 2;
					last |= event.startsWith("binary-last");
				}
				assertThat(HeldMemory.of(exchange.protocol, this.scratch)).isLessThan(48 * 1024);
				assertThat(exchange.protocol.hasMore()).as("more while paused").isFalse();
				if (!last) {
					Arrays.fill(this.scratch.memory().compressed, (byte) 0xA5); // somebody
																				// else's
					// turn
					exchange.protocol.resume();
					assertThat(exchange.protocol.hasMore()).isTrue();
					exchange.protocol.receive(in);
				}
			}
			assertThat(in.hasRemaining()).isFalse();
			assertThat(seen).isEqualTo(size);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "fail", "end" })
	void endsItsStateWithTheSession(String ending) {
		byte[] wire = new ClientBytes().frame(FIN | RSV1 | BINARY, DeflatedBytes.zeros(4 << 20)).bytes();
		for (Compression.Offer offer : List.of(Compression.Offer.ALONE, Compression.Offer.KEEPING_BOTH_WINDOWS)) {
			for (boolean within : new boolean[] { true, false }) {
				try (Exchange exchange = open(offer, Long.MAX_VALUE)) {
					Runnable end = () -> {
						switch (ending) {
							case "close" -> exchange.protocol.close(CloseStatus.NORMAL, false);
							case "fail" -> exchange.protocol.fail(CloseStatus.POLICY_VIOLATION);
							default -> exchange.protocol.endOfInput();
						}
					};
					exchange.recorder.on("binary-part", within ? end : exchange.protocol::pause);
					ByteBuffer in = Exchange.lend(wire);
					exchange.protocol.receive(in);
					if (!within) {
						assertThat(this.scratch.inflatersHeld()).isEqualTo(1);
						end.run();
						exchange.protocol.receive(in);
					}
					assertThat(this.scratch.inflatersHeld()).isZero();
					assertThat(in.hasRemaining()).isFalse();
					assertThat(exchange.recorder.events()).hasSizeBetween(2, 3);
				}
			}
		}
	}

}
