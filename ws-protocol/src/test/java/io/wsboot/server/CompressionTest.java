package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Permessage-deflate over sockets.
 */
class CompressionTest {

	private static final String OFFER = "permessage-deflate";

	private static final String LONG = "words that come again and again ".repeat(100);

	private static final CompressionOptions ALONE = new CompressionOptions(true, 6, 100, false);

	private static final CompressionOptions TAKEOVER = new CompressionOptions(true, 6, 100, true);

	private static Consumer<WsServerOptionsBuilder> with(CompressionOptions compression) {
		return (options) -> options.compression(compression);
	}

	private static RunningServer server(CompressionOptions compression) {
		return new RunningServer(new Echo(), with(compression));
	}

	private static void expectNoStates(RunningServer server) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(server.server.stats().compressionStates()).as("states").isZero());
	}

	private static final class Echo implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

	}

	@Nested
	class Negotiation {

		@Test
		void isOffByDefault() {
			try (RunningServer server = new RunningServer(new Echo());
					DeflateClient client = DeflateClient.open(server, "/", OFFER)) {
				assertThat(client.agreed()).isEmpty();
				client.raw().sendText(LONG);
				assertThat(client.read().compressed()).isFalse();
			}
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				CLOSE       | permessage-deflate
				BLOCK       | permessage-deflate; server_no_context_takeover
				DROP_OLDEST | permessage-deflate; server_no_context_takeover
				DROP_NEWEST | permessage-deflate; server_no_context_takeover
				""")
		void theServersWindowIsKeptOnlyIfNoMessageCanBeLost(OverflowPolicy policy, String answer) {
			try (RunningServer server = new RunningServer(new Echo(),
					(options) -> options.compression(TAKEOVER)
						.outbound(new OutboundOptions(1 << 20, 1 << 16, policy, Duration.ofSeconds(30))));
					DeflateClient client = DeflateClient.open(server, "/", OFFER)) {
				assertThat(client.agreed()).isEqualTo(answer);
				for (int i = 0; i < 3; i++) {
					client.sendCompressed(LONG + i);
					assertThat(client.read().text()).isEqualTo(LONG + i);
				}
			}
		}

	}

	@Nested
	class Messages {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void fromTheThresholdOnAreCompressed(String path) {
			try (RunningServer server = server(ALONE);
					DeflateClient client = DeflateClient.open(server, path, OFFER);
					DeflateClient plain = DeflateClient.open(server, path, "")) {
				for (DeflateClient one : List.of(client, plain)) {
					for (int size : new int[] { 0, 1, 99, 100, 101, 5000, 200_000 }) {
						String text = "x".repeat(size);
						one.raw().sendText(text);
						DeflateClient.Received received = one.read();
						assertThat(received.text()).isEqualTo(text);
						assertThat(received.compressed()).isEqualTo(one == client && size >= 100);
					}
				}
				assertThat(server.server.stats().compressionStates()).isZero();
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void withContextTakeoverGetSmaller(String path) {
			try (RunningServer server = server(TAKEOVER)) {
				try (DeflateClient client = DeflateClient.open(server, path, OFFER)) {
					assertThat(server.server.stats().compressionStates()).isZero();
					client.sendCompressed(LONG);
					int first = client.read().wireSize();
					client.sendCompressed("short");
					assertThat(client.read().compressed()).isFalse();
					for (int i = 0; i < 5; i++) {
						client.sendCompressed(LONG);
						DeflateClient.Received next = client.read();
						assertThat(next.text()).isEqualTo(LONG);
						assertThat(next.wireSize()).isLessThan(first);
					}
					assertThat(server.server.stats().compressionStates()).isEqualTo(2);
				}
				expectNoStates(server);
			}
		}

		@Test
		void thatCannotBeCompressedLeaveAsTheyAre() {
			StringBuilder noise = new StringBuilder();
			new Random(1).ints(150, 32, 127).forEach((c) -> noise.append((char) c));
			try (RunningServer server = server(ALONE); DeflateClient client = DeflateClient.open(server, "/", OFFER)) {
				client.raw().sendText(noise.toString());
				DeflateClient.Received received = client.read();
				assertThat(received.text()).isEqualTo(noise.toString());
				assertThat(received.wireSize()).isLessThanOrEqualTo(150);
			}
		}

		@ParameterizedTest
		@ValueSource(booleans = { false, true })
		void areSplitOnceCompressed(boolean takeover) {
			StringBuilder text = new StringBuilder();
			new Random(1).ints(20_000, 32, 127).forEach((c) -> text.append((char) c));
			try (RunningServer server = new RunningServer(new Echo(),
					(options) -> options.compression(takeover ? TAKEOVER : ALONE).fragmentationThreshold(1000));
					DeflateClient client = DeflateClient.open(server, "/loop", OFFER)) {
				for (int i = 0; i < 3; i++) {
					client.raw().sendText(text.toString());
					client.raw().sendPing("?");
					DeflateClient.Received received = client.read();
					assertThat(received.text()).isEqualTo(text.toString());
					assertThat(received.compressed()).isTrue();
					assertThat(received.frames()).isEqualTo((received.wireSize() + 999) / 1000);
				}
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 8, 9, 12, 15 })
		void keepWithinTheClientsWindow(int bits) {
			try (RunningServer server = server(TAKEOVER);
					DeflateClient client = DeflateClient.open(server, "/",
							OFFER + "; server_max_window_bits=" + bits)) {
				assertThat(client.agreed()).isEqualTo(OFFER + "; server_max_window_bits=" + bits);
				for (int i = 0; i < 20; i++) {
					client.sendCompressed(LONG + i);
					assertThat(client.read().text()).isEqualTo(LONG + i);
				}
			}
		}

	}

	@Nested
	class Broadcasts {

		@Test
		void goToEachInItsOwnWay() {
			String[] offers = { OFFER, OFFER, OFFER + "; server_max_window_bits=9",
					OFFER + "; server_no_context_takeover", "", "unknown" };
			for (CompressionOptions options : List.of(ALONE, TAKEOVER)) {
				try (RunningServer server = server(options)) {
					List<DeflateClient> clients = new ArrayList<>();
					for (String offer : offers) {
						clients.add(DeflateClient.open(server, "/", offer));
					}
					Awaitility.await().until(() -> server.server.sessions().count() == offers.length);
					for (int i = 0; i < 10; i++) {
						String text = (i % 3 == 0) ? "short " + i : LONG + i;
						assertThat(server.server.sessions().broadcast(Message.text(text))).isEqualTo(offers.length);
						for (DeflateClient client : clients) {
							DeflateClient.Received received = client.read();
							assertThat(received.text()).isEqualTo(text);
							assertThat(received.compressed()).isEqualTo(i % 3 != 0 && !client.agreed().isEmpty());
						}
					}
					clients.forEach(DeflateClient::close);
					expectNoStates(server);
				}
			}
		}

	}

	@Nested
	class Senders {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void onManyThreadsShareAWindow(String path) throws Exception {
			int senders = 6;
			int messages = 150;
			try (RunningServer server = new RunningServer(new Echo(), (options) -> options.compression(TAKEOVER)
				.outbound(new OutboundOptions(64 << 20, 1 << 20, OverflowPolicy.CLOSE, Duration.ofSeconds(30))));
					DeflateClient client = DeflateClient.open(server, path, OFFER)) {
				Awaitility.await().until(() -> server.server.sessions().count() == 1);
				WsSession session = server.server.sessions().stream().findFirst().orElseThrow();
				CountDownLatch done = new CountDownLatch(senders);
				for (int sender = 0; sender < senders; sender++) {
					int name = sender;
					new Thread(() -> {
						for (int i = 0; i < messages; i++) {
							String text = name + " " + i + " " + ((i % 4 == 0) ? "" : LONG.substring(i));
							switch (i % 3) {
								case 0 -> session.send(text);
								case 1 -> session.sendAsync(Message.text(text));
								default -> server.server.sessions().broadcast(Message.text(text));
							}
						}
						done.countDown();
					}).start();
				}
				for (int i = 0; i < 50; i++) {
					client.sendCompressed("echo " + i + " " + LONG);
				}
				Map<String, Integer> next = new ConcurrentHashMap<>();
				for (int i = 0; i < senders * messages + 50; i++) {
					String[] words = client.read().text().split(" ", 3);
					int number = Integer.parseInt(words[1]);
					assertThat(next.merge(words[0], 1, Integer::sum)).isEqualTo(number + 1);
					String rest = words[0].equals("echo") ? LONG : (number % 4 == 0) ? "" : LONG.substring(number);
					assertThat(words[2]).isEqualTo(rest);
				}
				assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
				client.raw().reset();
				expectNoStates(server);
			}
		}

		@Test
		void withinACallbackOfASendDoNotMixUpTheOrder() {
			int messages = 40;
			try (RunningServer server = new RunningServer(new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					// every fourth finds no room, which is made by writing the others,
					// which
					// sends more
					for (int i = 0; i < messages; i++) {
						int number = i;
						session.sendAsync(Message.text(noise(number) + noise(number - 1)))
							.thenRun(() -> session.send("then " + number + noise(number)));
					}
				}

			}, (options) -> options.compression(TAKEOVER)
				.outbound(new OutboundOptions(4000, 3900, OverflowPolicy.CLOSE, Duration.ofSeconds(30))));
					DeflateClient client = DeflateClient.open(server, "/loop", OFFER)) {
				client.sendCompressed("go");
				List<String> texts = new ArrayList<>();
				List<String> expected = new ArrayList<>();
				for (int i = 0; i < messages; i++) {
					texts.add(client.read().text());
					texts.add(client.read().text());
					expected.add(noise(i) + noise(i - 1));
					expected.add("then " + i + noise(i));
				}
				assertThat(texts).containsExactlyInAnyOrderElementsOf(expected);
			}
		}

		private static String noise(int seed) {
			StringBuilder noise = new StringBuilder();
			new Random(seed).ints(900, 32, 127).forEach((c) -> noise.append((char) c));
			return noise.toString();
		}

		@Test
		void thatOverflowCloseWithoutABrokenMessage() {
			try (RunningServer server = new RunningServer(new Echo(), (options) -> options.compression(TAKEOVER)
				.outbound(new OutboundOptions(10_000, 5000, OverflowPolicy.CLOSE, Duration.ofSeconds(30))))) {
				DeflateClient client = DeflateClient.open(server, "/", OFFER);
				Awaitility.await().until(() -> server.server.sessions().count() == 1);
				WsSession session = server.server.sessions().stream().findFirst().orElseThrow();
				byte[] noise = new byte[100_000];
				new Random(1).nextBytes(noise);
				SendResult result = SendResult.QUEUED;
				for (int i = 0; i < 10_000 && result != SendResult.CLOSED; i++) {
					result = session.send(ByteBuffer.wrap(noise));
				}
				assertThat(result).isEqualTo(SendResult.CLOSED);
				assertThat(session.send(LONG)).isEqualTo(SendResult.CLOSED);
				client.close();
				expectNoStates(server);
			}
		}

	}

	@Nested
	class States {

		@ParameterizedTest
		@EnumSource(End.class)
		void areGivenBackHoweverItEnds(End end) {
			try (RunningServer server = server(TAKEOVER)) {
				DeflateClient client = DeflateClient.open(server, "/", OFFER);
				client.sendCompressed(LONG);
				assertThat(client.read().text()).isEqualTo(LONG);
				client.raw().send(RawClient.frame(0x40 | RawClient.TEXT, (byte) 0xF2, (byte) 0x48));
				Awaitility.await().until(() -> server.server.stats().compressionStates() == 3);
				switch (end) {
					case CLOSE -> client.raw().sendClose(1000);
					case VIOLATION -> client.raw().send(RawClient.frame(0x80, (byte) 0xFF, (byte) 0xFF));
					case EOF -> client.raw().halfClose();
					case RESET -> client.raw().reset();
					case OURS -> {
						server.server.sessions().stream().forEach((one) -> one.close(CloseStatus.NORMAL));
						client.raw().sendClose(1000);
					}
				}
				expectNoStates(server);
				client.close();
				server.expectNothingLeft();
			}
		}

		enum End {

			CLOSE, VIOLATION, EOF, RESET, OURS

		}

		@Test
		void areNoneForAnIdleConnection() {
			try (RunningServer server = server(ALONE)) {
				try (DeflateClient client = DeflateClient.open(server, "/", OFFER)) {
					for (int i = 0; i < 10; i++) {
						client.sendCompressed(LONG + i);
						assertThat(client.read().text()).isEqualTo(LONG + i);
						server.settle();
						assertThat(server.server.stats().compressionStates()).isZero();
					}
				}
			}
		}

	}

}
