package io.wsboot.server.outbound;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Keys of messages, whose {@code equals} and {@code hashCode} are anybody's.
 */
@Timeout(60)
class LatestKeysTest {

	private final LatestKeys keys = new LatestKeys();

	/** All have the same hash. */
	private record Colliding(int number, Runnable whenCompared) {

		@Override
		public boolean equals(Object other) {
			this.whenCompared.run();
			return other instanceof Colliding that && that.number == this.number;
		}

		@Override
		public int hashCode() {
			return 7;
		}

	}

	private static Colliding colliding(int number) {
		return new Colliding(number, () -> {
		});
	}

	@Test
	void areTheSameIfEqualAndOnlyThen() {
		LatestKey price = this.keys.of("price");
		assertThat(this.keys.of(new String("price"))).isSameAs(price);
		assertThat(this.keys.of("prices")).isNotSameAs(price);
		assertThat(this.keys.of("AaAa")).isNotSameAs(this.keys.of("BBBB"));
		List<LatestKey> all = IntStream.range(0, 20).mapToObj((i) -> this.keys.of(colliding(i))).toList();
		assertThat(all).doesNotHaveDuplicates();
		for (int i = 0; i < 20; i++) {
			assertThat(this.keys.of(colliding(i))).isSameAs(all.get(i));
		}
		assertThat(this.keys.of(7)).as("an integer that is the hash of others").isSameAs(this.keys.of(7)).isNotIn(all);
	}

	@Test
	void areForgottenWhenNoMessageRefersToThem() {
		LatestKey kept = this.keys.of(colliding(1));
		WeakReference<LatestKey> one = new WeakReference<>(this.keys.of("one"));
		WeakReference<LatestKey> other = new WeakReference<>(this.keys.of(colliding(2)));
		Awaitility.await().until(() -> {
			System.gc();
			return one.get() == null && other.get() == null && this.keys.size() == 1;
		});
		assertThat(this.keys.of(colliding(1))).isSameAs(kept);
	}

	@Test
	void costOnlyTheirSenderWhatTheyThrow() {
		LatestKey known = this.keys.of(colliding(1));
		assertThatIllegalStateException().isThrownBy(() -> this.keys.of(new Colliding(2, () -> {
			throw new IllegalStateException("as asked");
		})));
		assertThat(this.keys.of(colliding(1))).isSameAs(known);
	}

	@Test
	void holdUpOnlyTheirSender() throws Exception {
		LatestKey known = this.keys.of(colliding(1));
		CountDownLatch compared = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<LatestKey> slow = CompletableFuture.supplyAsync(() -> this.keys.of(new Colliding(2, () -> {
			compared.countDown();
			awaitQuietly(goOn);
		})));
		assertThat(compared.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.keys.of(colliding(1))).isSameAs(known);
		LatestKey second = this.keys.of(colliding(2));
		goOn.countDown();
		assertThat(slow.get(10, TimeUnit.SECONDS)).as("added meanwhile").isSameAs(second);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void areTheSameForManySendersAtOnce() {
		List<CompletableFuture<List<LatestKey>>> senders = new ArrayList<>();
		for (int sender = 0; sender < 8; sender++) {
			senders.add(CompletableFuture
				.supplyAsync(() -> IntStream.range(0, 500).mapToObj((i) -> this.keys.of(colliding(i))).toList()));
		}
		List<LatestKey> first = senders.get(0).join();
		assertThat(first).doesNotHaveDuplicates();
		senders.forEach((sender) -> assertThat(sender.join()).isEqualTo(first));
	}

}
