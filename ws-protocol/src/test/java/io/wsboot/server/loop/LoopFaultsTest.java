package io.wsboot.server.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.Fault;
import io.wsboot.server.ManualClock;
import io.wsboot.server.loop.TimerWheel.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one task, timer or output of an event loop throws does not keep the others of its
 * round from their turn.
 */
@Timeout(60)
class LoopFaultsTest {

	private final ManualClock clock = new ManualClock();

	private final EventLoop loop = new EventLoop(0, this.clock);

	private final List<String> happened = new ArrayList<>();

	@BeforeEach
	void start() {
		this.loop.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.loop.stop();
		this.loop.join(10_000);
	}

	/** Runs tasks in one round, and waits for the round to end. */
	private void inOneRound(Runnable... tasks) throws Exception {
		CountDownLatch added = new CountDownLatch(1);
		this.loop.execute(() -> {
			try {
				added.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		for (Runnable task : tasks) {
			this.loop.execute(task);
		}
		added.countDown();
		for (int i = 0; i < 2; i++) {
			CompletableFuture<Void> next = new CompletableFuture<>();
			this.loop.execute(() -> next.complete(null));
			next.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void timersFireOneByOne() throws Exception {
		Timer[] timers = { Timer.of(() -> {
			this.loop.execute(() -> this.happened.add("next round"));
			throw new OutOfMemoryError("as told");
		}), Timer.of(() -> {
			throw new IllegalStateException("as told");
		}), Timer.of(() -> this.happened.add("fired")) };
		inOneRound(() -> {
			for (Timer timer : timers) {
				this.loop.timers().schedule(timer, this.loop.now());
			}
		});
		this.clock.advance(ManualClock.TICK.multipliedBy(2));
		inOneRound();
		assertThat(this.happened).containsExactly("fired", "next round");
		assertThat(this.loop.timers().size()).isZero();
	}

	@Test
	void tasksRunOneByOne() throws Exception {
		inOneRound(() -> {
			throw new OutOfMemoryError("as told");
		}, () -> this.happened.add("ran"));
		assertThat(this.happened).containsExactly("ran");
	}

	/** A checked exception, as a language that knows none may throw it. */
	@Test
	void anythingThatCanBeThrownIsMeant() throws Exception {
		inOneRound(() -> Fault.<RuntimeException>sneak(new Exception("as told")), () -> this.happened.add("ran"));
		assertThat(this.happened).containsExactly("ran");
	}

}
