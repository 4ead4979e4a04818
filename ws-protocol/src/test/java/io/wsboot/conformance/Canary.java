package io.wsboot.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.wsboot.ClientBytes;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An honest peer that has a text echoed again and again while others misbehave, and takes
 * the time. It rests in between; how much longer its rests are than they should be shows
 * what the machine does to everybody.
 */
final class Canary implements AutoCloseable {

	private static final long REST = TimeUnit.MILLISECONDS.toNanos(1);

	private final Peer peer;

	private final Thread thread = new Thread(this::sing, "canary");

	private final List<Long> echoes = Collections.synchronizedList(new ArrayList<>());

	private volatile long longestHitch;

	private volatile boolean over;

	private volatile @Nullable Throwable death;

	Canary(Setting setting, int port) throws IOException {
		this.peer = Peer.open(setting, port);
		this.thread.start();
	}

	private void sing() {
		try {
			while (!this.over) {
				long start = System.nanoTime();
				this.peer.send(new ClientBytes().text("still alive").bytes(), Cut.WHOLE);
				assertThat(this.peer.readEvent()).isEqualTo("text still alive");
				long rest = System.nanoTime();
				this.echoes.add(rest - start);
				LockSupport.parkNanos(REST);
				this.longestHitch = Math.max(this.longestHitch, System.nanoTime() - rest - REST);
			}
			this.peer.closeInOrder();
		}
		catch (IOException | RuntimeException | Error ex) {
			this.death = ex;
		}
	}

	/** Waits until it has sung for some more times; it must be alive. */
	void hear(int echoes) {
		int before = this.echoes.size();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.death != null || this.echoes.size() >= before + echoes);
		assertThat(this.death).as("what the canary died of").isNull();
	}

	/** The times of its echoes, shortest first, in microseconds; it must be alive. */
	List<Long> stop() throws InterruptedException {
		this.over = true;
		this.thread.join(20_000);
		assertThat(this.death).as("what the canary died of").isNull();
		assertThat(this.thread.isAlive()).as("waits for an echo").isFalse();
		return this.echoes.stream().sorted().map(TimeUnit.NANOSECONDS::toMicros).toList();
	}

	/** The longest time that the machine kept it from waking up, in microseconds. */
	long longestHitch() {
		return TimeUnit.NANOSECONDS.toMicros(this.longestHitch);
	}

	@Override
	public void close() throws IOException {
		this.peer.close();
	}

}
