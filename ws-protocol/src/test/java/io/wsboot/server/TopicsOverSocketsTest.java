package io.wsboot.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.wsboot.Message;
import io.wsboot.SessionClosedException;
import io.wsboot.TopicLimitException;
import io.wsboot.TopicPosition;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TopicKind;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.spi.WsServerObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TopicsOverSocketsTest {

	/** "join java", "leave java", "say java hello"; answers what it has done. */
	private static final class Rooms implements WsHandler {

		private WsServer server;

		@Override
		public void onText(WsSession session, String text) {
			String[] words = text.split(" ", 3);
			WsTopic room = this.server.topics().topic(words[1]);
			switch (words[0]) {
				case "join" -> room.subscribe(session).thenRun(() -> session.send("joined " + words[1]));
				case "leave" -> room.unsubscribe(session).thenRun(() -> session.send("left " + words[1]));
				case "say" -> room.publish(words[2]);
				default -> room.except(session).publish(words[2]);
			}
		}

	}

	private final Rooms rooms = new Rooms();

	private RunningServer start(OutboundOptions outbound, CompressionOptions compression) {
		RunningServer server = new RunningServer(this.rooms,
				(options) -> options.eventLoops(2).outbound(outbound).compression(compression));
		this.rooms.server = server.server;
		return server;
	}

	private RunningServer start() {
		return start(OutboundOptions.DEFAULTS, CompressionOptions.DEFAULTS);
	}

	private static RawClient join(RunningServer server, String path, String topic) {
		return join(server.open(path), topic);
	}

	private static RawClient join(RawClient client, String topic) {
		client.sendText("join " + topic);
		assertThat(client.readText()).isEqualTo("joined " + topic);
		return client;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void whatAMemberSaysReachesAllMembers(String path) {
		try (RunningServer server = start()) {
			List<RawClient> java = IntStream.range(0, 5).mapToObj((i) -> join(server, path, "java")).toList();
			RawClient rust = join(server, path, "rust");
			java.get(0).sendText("say java one");
			java.forEach((client) -> assertThat(client.readText()).isEqualTo("one"));
			java.get(1).sendText("others java two");
			java.stream()
				.filter((client) -> client != java.get(1))
				.forEach((client) -> assertThat(client.readText()).isEqualTo("two"));
			java.get(1).sendText("say java three");
			assertThat(java.get(1).readText()).isEqualTo("three");
			java.get(1).sendText("say rust four");
			assertThat(rust.readText()).isEqualTo("four");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void whoHasLeftGetsNothing(String path) {
		try (RunningServer server = start()) {
			RawClient one = join(server, path, "java");
			RawClient other = join(server, path, "java");
			one.sendText("leave java");
			assertThat(one.readText()).isEqualTo("left java");
			other.sendText("say java hello");
			assertThat(other.readText()).isEqualTo("hello");
			join(one, "rust"); // whose answer is the next that comes
		}
	}

	/** Whether the peer closes, or is lost. */
	@Test
	void sessionsThatEndLeaveTheirTopics() {
		try (RunningServer server = start()) {
			RawClient closes = join(join(server, "/", "java"), "rust");
			RawClient isLost = join(join(server, "/", "java"), "rust");
			RawClient stays = join(server, "/", "java");
			WsTopic java = server.server.topics().topic("java");
			assertThat(java.count()).isEqualTo(3);
			assertThat(server.server.topics().count()).isEqualTo(2);
			closes.closeInOrder();
			isLost.reset();
			Awaitility.await().until(() -> server.server.topics().count() == 1 && java.count() == 1);
			assertThat(java.publish("still there?")).isCompleted();
			assertThat(stays.readText()).isEqualTo("still there?");
			stays.closeInOrder();
			Awaitility.await().until(() -> server.server.topics().count() == 0);
			server.expectNothingLeft();
		}
	}

	@Test
	void aSessionOfAnotherServerIsRefused() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer one = new RunningServer(handler); RunningServer other = start()) {
			one.open("/");
			WsSession session = handler.expectOpen();
			WsTopic topic = other.server.topics().topic("java");
			assertThatIllegalArgumentException().isThrownBy(() -> topic.subscribe(session));
			assertThatIllegalArgumentException().isThrownBy(() -> topic.unsubscribe(session));
			assertThatIllegalArgumentException().isThrownBy(() -> topic.except(session));
		}
	}

	@Test
	void aSessionThatIsClosedCannotSubscribe() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = new RunningServer(handler)) {
			server.open("/");
			WsSession session = handler.expectOpen();
			session.close();
			WsTopic topic = server.server.topics().topic("java");
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> topic.subscribe(session).toCompletableFuture().join())
				.withCauseInstanceOf(SessionClosedException.class);
			assertThat(topic.count()).isZero();
		}
	}

	@Test
	void limitsAreThoseOfTheBuilder() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = new RunningServer(handler, (options) -> {
		}, (builder) -> builder.topics(new TopicOptions(1, 10, 5, 1000, 1, List.of())))) {
			server.open("/");
			WsSession session = handler.expectOpen();
			assertThat(server.server.topics().topic("a").subscribe(session).toCompletableFuture()).succeedsWithin(10,
					TimeUnit.SECONDS);
			assertThat(server.server.topics().topic("b").subscribe(session).toCompletableFuture())
				.failsWithin(10, TimeUnit.SECONDS)
				.withThrowableThat()
				.withCauseInstanceOf(TopicLimitException.class);
			assertThatExceptionOfType(TopicLimitException.class)
				.isThrownBy(() -> server.server.topics().topic("a").publish("123456"));
		}
	}

	/** A message that comes compressed, and one below the threshold. */
	@Test
	void membersThatCompressAndOthersGetTheSame() {
		try (RunningServer server = start(OutboundOptions.DEFAULTS, new CompressionOptions(true, 6, 100, false))) {
			RawClient plain = join(server, "/", "java");
			DeflateClient deflates = DeflateClient.open(server, "/", "permessage-deflate");
			deflates.raw().sendText("join java");
			assertThat(deflates.read().text()).isEqualTo("joined java");
			String text = "hello, ".repeat(100);
			server.server.topics().topic("java").publish(text);
			server.server.topics().topic("java").publish("short");
			assertThat(plain.readText()).isEqualTo(text);
			assertThat(plain.readText()).isEqualTo("short");
			DeflateClient.Received received = deflates.read();
			assertThat(received.text()).isEqualTo(text);
			assertThat(received.compressed()).isTrue();
			assertThat(deflates.read()).isEqualTo(new DeflateClient.Received("short", false, 1, 5));
		}
	}

	/** The policy {@code block} too, as the publisher must not wait for one member. */
	@ParameterizedTest
	@ValueSource(strings = { "CLOSE", "BLOCK" })
	void aMemberThatDoesNotReadIsClosedAndTheOthersGoOn(OverflowPolicy policy) {
		OutboundOptions small = new OutboundOptions(64 * 1024, 1024, policy, Duration.ZERO);
		try (RunningServer server = start(small, CompressionOptions.DEFAULTS)) {
			RawClient slow = join(server.openWithSmallWindow("/"), "java");
			WsSession session = onlySession(server);
			RawClient reads = join(server, "/", "java");
			WsTopic java = server.server.topics().topic("java");
			String text = "x".repeat(10_000);
			for (int i = 0; session.isOpen(); i++) {
				assertThat(i).as("messages").isLessThan(10_000);
				java.publish(text);
				assertThat(reads.readText()).isEqualTo(text);
			}
			slow.reset();
			Awaitility.await().until(() -> java.count() == 1);
			java.publish("still there?");
			assertThat(reads.readText()).isEqualTo("still there?");
		}
	}

	/** A client that has lost its connection comes back with its position. */
	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void aClientThatComesBackGetsWhatItMissed(String path) {
		TopicKind kind = new TopicKind("rooms/*", 100, Duration.ofMinutes(1));
		List<WsServer> started = new ArrayList<>();
		WsHandler handler = new WsHandler() {

			@Override
			public void onText(WsSession session, String text) {
				started.get(0)
					.topics()
					.topic("rooms/java")
					.subscribe(session, TopicPosition.parse(text))
					.thenAccept((recovery) -> session
						.send(recovery.recovered() + " " + recovery.messages() + " " + recovery.position()));
			}

		};
		try (RunningServer server = new RunningServer(handler, (options) -> options.eventLoops(2),
				(builder) -> builder.topics(TopicOptions.DEFAULTS.withKinds(kind)))) {
			started.add(server.server);
			WsTopic java = server.server.topics().topic("rooms/java");
			RawClient client = server.open(path);
			client.sendText(TopicPosition.NONE.toString());
			String answer = client.readText();
			assertThat(answer).startsWith("false 0 ");
			java.publish("one");
			assertThat(client.readText()).isEqualTo("one");
			client.reset();
			Awaitility.await().until(() -> java.count() == 0);
			java.publish("two");
			TopicPosition three = java.publish("three").toCompletableFuture().join();
			RawClient again = server.open(path);
			again.sendText(three.epoch() + ".1");
			assertThat(List.of(again.readText(), again.readText(), again.readText())).containsExactly("two", "three",
					"true 2 " + three);
			java.publish("four");
			assertThat(again.readText()).isEqualTo("four");
		}
	}

	/** The timer that looks after histories is there as long as there are some. */
	@Test
	void aHistoryIsForgottenWhenItIsTooOld() {
		TopicKind kind = new TopicKind("rooms/*", 100, Duration.ofMinutes(1));
		try (RunningServer server = new RunningServer(this.rooms, (options) -> {
		}, (builder) -> builder.topics(TopicOptions.DEFAULTS.withKinds(kind)))) {
			server.server.topics().topic("rooms/java").publish("one");
			server.pass();
			assertThat(server.onLoop(() -> server.server.loops().get(0).timers().size())).isEqualTo(1);
			assertThat(server.server.topics().count()).isEqualTo(1);
			for (int i = 0; i < 8; i++) {
				server.elapse(Duration.ofSeconds(11));
			}
			assertThat(server.server.topics().count()).isZero();
			server.expectNothingLeft();
		}
	}

	private static WsSession onlySession(RunningServer server) {
		assertThat(server.server.sessions().count()).isEqualTo(1);
		return server.server.sessions().stream().findFirst().orElseThrow();
	}

	/** A subscription that is there already changes nothing, behind all messages. */
	private static void awaitDelivery(WsTopic topic, WsSession member) {
		topic.subscribe(member).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** Of a member that does not read: whatever is not replaced arrives, in order. */
	@Test
	void theLatestMessageReplacesOneThatWaits() {
		OutboundOptions conflate = new OutboundOptions(1024 * 1024, 1024, OverflowPolicy.CONFLATE, Duration.ZERO);
		AtomicInteger conflated = new AtomicInteger();
		WsServerObserver observer = new WsServerObserver() {

			@Override
			public void dropped(DropReason reason, int messages) {
				assertThat(reason).isEqualTo(DropReason.CONFLATED);
				conflated.addAndGet(messages);
			}

		};
		try (RunningServer server = new RunningServer(this.rooms, (options) -> options.outbound(conflate),
				(builder) -> builder.observer(observer))) {
			this.rooms.server = server.server;
			RawClient slow = join(server.openWithSmallWindow("/"), "prices");
			WsSession session = onlySession(server);
			WsTopic prices = server.server.topics().topic("prices");
			int published = 0;
			while (conflated.get() < 100) {
				assertThat(published).as("messages").isLessThan(100_000);
				prices.publishLatest("AAPL", Message.text(published++ + "x".repeat(10_000)));
				awaitDelivery(prices, session);
			}
			prices.publish("end");
			List<Integer> received = new ArrayList<>();
			for (String text = slow.readText(); !text.equals("end"); text = slow.readText()) {
				received.add(Integer.valueOf(text.substring(0, text.indexOf('x'))));
			}
			assertThat(received).isSorted().doesNotHaveDuplicates().hasSize(published - conflated.get());
			assertThat(received.get(received.size() - 1)).isEqualTo(published - 1);
		}
	}

}
