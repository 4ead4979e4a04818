package io.wsboot.server.loop;

/**
 * Monotonic time, and the time of day.
 */
@FunctionalInterface
public interface NanoClock {

	/** The running machine's. */
	NanoClock SYSTEM = System::nanoTime;

	/** Nanoseconds since some moment that never changes. */
	long nanoTime();

	/** Seconds since 1970-01-01T00:00:00Z, for people; they may jump. */
	default long epochSecond() {
		return System.currentTimeMillis() / 1000;
	}

}
