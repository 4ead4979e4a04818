package io.wsboot.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.server.loop.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until it is told to go on.
 */
public final class ManualClock implements NanoClock {

	/** Timers may fire so much late. */
	public static final Duration TICK = Duration.ofNanos(1 << 24);

	private final AtomicLong now = new AtomicLong(-123_456_789_012_345L);

	private volatile @Nullable WsServer server;

	/** Has the loops of a server look at this clock whenever it goes on. */
	void drive(WsServer server) {
		this.server = server;
	}

	@Override
	public long nanoTime() {
		return this.now.get();
	}

	/** A moment of RFC 9110 §5.6.7. */
	@Override
	public long epochSecond() {
		return 784_111_777;
	}

	public void advance(Duration time) {
		this.now.addAndGet(time.toNanos());
		WsServer server = this.server;
		if (server != null) {
			server.tick();
		}
	}

}
