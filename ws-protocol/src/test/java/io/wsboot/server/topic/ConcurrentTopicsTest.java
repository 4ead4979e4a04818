package io.wsboot.server.topic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.TopicLimitException;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several threads subscribe, publish, unsubscribe and end sessions on a few topics at the
 * same time, on two real loops without sockets. Each member subscribes to each topic at
 * most once, so what the member gets of one publisher must be a run of consecutive
 * numbers, and must have all that was published meanwhile by the thread that subscribed
 * the member.
 */
class ConcurrentTopicsTest {

	private static final int PUBLISHERS = 4;

	private static final int ROUNDS = 400;

	private static final List<String> TOPICS = List.of("a", "b", "c");

	private final List<EventLoop> loops = IntStream.range(0, 2)
		.mapToObj((i) -> new EventLoop(i, NanoClock.SYSTEM))
		.toList();

	private final Topics topics = topics(TopicOptions.DEFAULTS);

	private Topics topics(TopicOptions options) {
		return SteppedTopics.topics(options, WsServerObserver.NONE, this.loops, NanoClock.SYSTEM, (task, delay) -> {
			throw new AssertionError("there is no history");
		});
	}

	@AfterEach
	void stop() {
		this.loops.forEach(EventLoop::stop);
	}

	@Test
	void loseNothingAndDoubleNothing() {
		this.loops.forEach(EventLoop::start);
		List<CompletableFuture<List<Member>>> done = IntStream.range(0, PUBLISHERS)
			.mapToObj((i) -> CompletableFuture.supplyAsync(new Publisher(i)::run, (task) -> new Thread(task).start()))
			.toList();
		List<Member> members = done.stream()
			.flatMap((one) -> one.orTimeout(60, TimeUnit.SECONDS).join().stream())
			.toList();
		settle();
		assertThat(members).hasSizeGreaterThan(PUBLISHERS * ROUNDS / 10).allSatisfy(Member::expectRuns);
		assertThat(members.stream().mapToInt((member) -> member.got.size()).sum()).isGreaterThan(10 * members.size());
		assertThat(this.topics.count()).isZero();
		assertThat(this.topics.subscribedSessions()).isZero();
	}

	/** The loops have done what they were left. */
	private void settle() {
		for (EventLoop loop : this.loops) {
			CompletableFuture.runAsync(() -> {
			}, loop::execute).orTimeout(10, TimeUnit.SECONDS).join();
		}
	}

	/** One thread, which numbers its messages by topic. */
	private final class Publisher {

		private final int index;

		private final Random random;

		private final Map<String, Integer> published = new HashMap<>();

		private final List<Member> all = new ArrayList<>();

		private final List<Member> open = new ArrayList<>();

		Publisher(int index) {
			this.index = index;
			this.random = new Random(index);
		}

		List<Member> run() {
			for (int i = 0; i < ROUNDS; i++) {
				switch (this.random.nextInt(8)) {
					case 0, 1 -> open();
					case 2 -> unsubscribe();
					case 3 -> end();
					default -> publish(TOPICS.get(this.random.nextInt(TOPICS.size())));
				}
			}
			while (!this.open.isEmpty()) {
				end();
			}
			return this.all;
		}

		private void open() {
			Member member = new Member(this.index, this.random.nextInt(2));
			this.all.add(member);
			this.open.add(member);
			for (String topic : TOPICS) {
				if (this.random.nextBoolean()) {
					member.from.put(topic, number(topic));
					ConcurrentTopicsTest.this.topics.subscribe(topic, member, null);
				}
			}
		}

		private int number(String topic) {
			return this.published.getOrDefault(topic, 0);
		}

		private void unsubscribe() {
			for (Member member : this.open) {
				for (String topic : TOPICS) {
					if (member.from.containsKey(topic) && !member.to.containsKey(topic) && this.random.nextBoolean()) {
						ConcurrentTopicsTest.this.topics.unsubscribe(topic, member);
						member.to.put(topic, number(topic));
						return;
					}
				}
			}
		}

		private void end() {
			if (!this.open.isEmpty()) {
				Member member = this.open.remove(this.random.nextInt(this.open.size()));
				member.from.keySet().forEach((topic) -> member.to.putIfAbsent(topic, number(topic)));
				EventLoop loop = ConcurrentTopicsTest.this.loops.get(member.loopIndex());
				loop.execute(() -> {
					member.open = false;
					ConcurrentTopicsTest.this.topics.ended(member);
				});
			}
		}

		private void publish(String topic) {
			int number = number(topic);
			this.published.put(topic, number + 1);
			ConcurrentTopicsTest.this.topics
				.publish(topic, null, Message.text(topic + " " + this.index + " " + number), List.of())
				.toCompletableFuture()
				.join();
		}

	}

	/** A session that one thread subscribes once to each of some topics. */
	private static final class Member implements TopicMember {

		/** What the subscribing thread published first and, exclusively, last. */
		private final Map<String, Integer> from = new HashMap<>(), to = new HashMap<>();

		private final ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();

		private final int publisher;

		private final int loop;

		private volatile boolean open = true;

		Member(int publisher, int loop) {
			this.publisher = publisher;
			this.loop = loop;
		}

		@Override
		public int loopIndex() {
			return this.loop;
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		public int encodings() {
			return MessageEncoder.PLAIN;
		}

		@Override
		public void deliver(MessageEncoder message) {
			this.got.add(StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString());
		}

		void expectRuns() {
			assertThat(this.got).allMatch((message) -> this.from.containsKey(message.split(" ")[0]));
			for (String topic : this.from.keySet()) {
				for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
					List<Integer> numbers = numbers(topic + " " + publisher + " ").toList();
					int first = numbers.isEmpty() ? 0 : numbers.get(0);
					assertThat(numbers).as("of %s in %s", publisher, topic)
						.isEqualTo(IntStream.range(first, first + numbers.size()).boxed().toList());
				}
				assertThat(numbers(topic + " " + this.publisher + " ")).as("of its own publisher in %s", topic)
					.isEqualTo(IntStream.range(this.from.get(topic), this.to.get(topic)).boxed().toList());
			}
		}

		private Stream<Integer> numbers(String prefix) {
			return this.got.stream()
				.filter((message) -> message.startsWith(prefix))
				.map((message) -> Integer.valueOf(message.substring(prefix.length())));
		}

	}

	@Test
	void publishersWaitForASlowLoop() throws InterruptedException {
		TopicOptions options = new TopicOptions(1, 1, 1000, 1000, 1, List.of());
		Topics small = topics(options);
		Member member = new Member(0, 0);
		member.from.put("a", 0);
		small.subscribe("a", member, null);
		this.loops.get(0).start();
		for (int i = 0; i < 1000; i++) { // 256 bytes each, and not more than three at a
											// time
			small.publish("a", null, Message.text("a 0 " + i), List.of()).toCompletableFuture().join();
		}
		CompletableFuture.runAsync(() -> {
		}, this.loops.get(0)::execute).orTimeout(10, TimeUnit.SECONDS).join();
		member.to.put("a", 1000);
		member.expectRuns();
	}

	/**
	 * An interrupt ends the wait, is not swallowed, and leaves no part of the message.
	 */
	@Test
	void aPublisherThatIsInterruptedFails() {
		TopicOptions options = new TopicOptions(1, 1, 1000, 1000, 1, List.of());
		Topics small = topics(options);
		Member member = new Member(0, 0);
		small.subscribe("a", member, null); // on a loop that has not started
		for (int i = 0; i < 3; i++) {
			assertThat(small.publish("a", null, Message.text("a 0 " + i), List.of())).isCompleted();
		}
		Thread.currentThread().interrupt();
		assertThat(small.publish("a", null, Message.text("a 0 3"), List.of()).toCompletableFuture())
			.isCompletedExceptionally()
			.failsWithin(0, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(TopicLimitException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

}
