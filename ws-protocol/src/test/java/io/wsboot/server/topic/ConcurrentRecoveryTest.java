package io.wsboot.server.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.wsboot.Message;
import io.wsboot.Recovery;
import io.wsboot.TopicPosition;
import io.wsboot.server.config.TopicKind;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients come back again and again with their position, each time as another session,
 * while several threads publish: all see one order, without a hole and without a double.
 */
class ConcurrentRecoveryTest {

	private static final int PUBLISHERS = 3;

	private static final int CLIENTS = 4;

	private static final int MESSAGES = 2000;

	private final List<EventLoop> loops = IntStream.range(0, 2)
		.mapToObj((i) -> new EventLoop(i, NanoClock.SYSTEM))
		.toList();

	/** The messages by offset, as the publishers are told. */
	private final Map<Long, String> order = new ConcurrentHashMap<>();

	private final AtomicInteger publishing = new AtomicInteger(PUBLISHERS);

	private final AtomicInteger comebacks = new AtomicInteger();

	/** The clients that have not been there before anything is published. */
	private final CountDownLatch absent = new CountDownLatch(CLIENTS);

	@AfterEach
	void stop() {
		this.loops.forEach(EventLoop::stop);
	}

	@Test
	void givesEachClientTheOneOrder() {
		assertThat(run(PUBLISHERS * MESSAGES)).isZero();
		assertThat(this.comebacks.get()).isGreaterThan(CLIENTS);
	}

	/** A history that is too short, so that clients are told to load their state anew. */
	@Test
	void tellsEachClientWhatItCannotHave() {
		run(5);
		assertThat(this.comebacks.get()).isGreaterThan(CLIENTS);
	}

	/** Returns how often a client could not get what it missed. */
	private int run(int historySize) {
		TopicOptions options = TopicOptions.DEFAULTS.withKinds(new TopicKind("**", historySize, Duration.ofHours(1)));
		Topics topics = SteppedTopics.topics(options, WsServerObserver.NONE, this.loops, NanoClock.SYSTEM,
				(task, delay) -> {
					// nothing gets too old
				});
		this.loops.forEach(EventLoop::start);
		topics.subscribe("a", new Visit(0), null).toCompletableFuture().join(); // else it
																				// may be
																				// forgotten
		List<CompletableFuture<Client>> clients = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> onThread(() -> new Client(topics, i)))
			.toList();
		List<CompletableFuture<Void>> publishers = IntStream.range(0, PUBLISHERS)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> publish(topics, i), (task) -> new Thread(task).start()))
			.toList();
		publishers.forEach((publisher) -> publisher.orTimeout(60, TimeUnit.SECONDS).join());
		assertThat(this.order.keySet())
			.containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, PUBLISHERS * MESSAGES).boxed().toList());
		int reloads = 0;
		for (CompletableFuture<Client> client : clients) {
			reloads += client.orTimeout(60, TimeUnit.SECONDS).join().expectOrder();
		}
		return reloads;
	}

	private static <T> CompletableFuture<T> onThread(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, (task) -> new Thread(task).start());
	}

	/** In order, as each thread sees it, though the positions come when they come. */
	private void publish(Topics topics, int publisher) {
		awaitClients();
		List<CompletionStage<?>> told = new ArrayList<>();
		for (int i = 0; i < MESSAGES; i++) {
			String text = publisher + " " + i;
			told.add(topics.publish("a", null, Message.text(text), List.of())
				.thenAccept((position) -> this.order.put(position.offset(), text)));
		}
		told.forEach((stage) -> stage.toCompletableFuture().join());
		this.publishing.decrementAndGet();
	}

	private void awaitClients() {
		try {
			assertThat(this.absent.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Comes and goes until everything has been published, and once more. */
	private final class Client {

		/** What each session got, and where it began. */
		private final List<Visit> visits = new ArrayList<>();

		Client(Topics topics, int index) {
			Random random = new Random(index);
			TopicPosition position = TopicPosition.NONE;
			boolean last;
			do {
				last = ConcurrentRecoveryTest.this.publishing.get() == 0;
				Visit visit = new Visit(random.nextInt(2));
				this.visits.add(visit);
				visit.recovery = topics.subscribe("a", visit, position).toCompletableFuture().join();
				ConcurrentRecoveryTest.this.absent.countDown();
				if (!last) {
					visit.awaitMessages(random.nextInt(100));
				}
				topics.unsubscribe("a", visit).toCompletableFuture().join();
				position = visit.end();
				ConcurrentRecoveryTest.this.comebacks.incrementAndGet();
			}
			while (!last);
		}

		/** Returns how often there was a hole that the client was told of. */
		int expectOrder() {
			int reloads = 0;
			long at = 0;
			for (Visit visit : this.visits) {
				if (visit.recovery.recovered()) {
					assertThat(visit.begin()).isEqualTo(at);
				}
				else if (visit != this.visits.get(0)) {
					reloads++;
				}
				else {
					at = visit.begin();
				}
				for (int i = 0; i < visit.got.size(); i++) {
					assertThat(visit.got.get(i))
						.isEqualTo(ConcurrentRecoveryTest.this.order.get(visit.begin() + i + 1));
				}
				at = visit.end().offset();
			}
			assertThat(at).isEqualTo(PUBLISHERS * MESSAGES);
			return reloads;
		}

	}

	/** One session of a client. */
	private static final class Visit implements TopicMember {

		/** Written by the loop; read by the client when the subscription has ended. */
		private final List<String> got = new ArrayList<>();

		private final AtomicInteger count = new AtomicInteger();

		private final int loop;

		private Recovery recovery = new Recovery(false, TopicPosition.NONE, 0);

		Visit(int loop) {
			this.loop = loop;
		}

		/** The offset before the first message. */
		long begin() {
			return this.recovery.position().offset() - this.recovery.messages();
		}

		TopicPosition end() {
			return new TopicPosition(this.recovery.position().epoch(), begin() + this.got.size());
		}

		/** Gives up if nothing comes, as everything may have been published. */
		void awaitMessages(int messages) {
			for (int i = 0; i < 1000 && this.count.get() < messages; i++) {
				Thread.yield();
			}
		}

		@Override
		public int loopIndex() {
			return this.loop;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public int encodings() {
			return MessageEncoder.PLAIN;
		}

		@Override
		public void deliver(MessageEncoder message) {
			this.got.add(StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString());
			this.count.incrementAndGet();
		}

	}

}
