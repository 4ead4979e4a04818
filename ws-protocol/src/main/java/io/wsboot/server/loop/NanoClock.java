package io.wsboot.server.loop;

/**
 * A clock: monotonic time for deadlines, and the time of day for logs and tokens. Tests
 * have a clock that they set. Any thread may call all methods.
 */
@FunctionalInterface
public interface NanoClock {

	/** The clock of the machine. */
	NanoClock SYSTEM = System::nanoTime;

	/** Returns the nanoseconds since an arbitrary but fixed moment. */
	long nanoTime();

	/** Returns the seconds since 1970-01-01T00:00:00Z. The time of day may jump. */
	default long epochSecond() {
		return System.currentTimeMillis() / 1000;
	}

}
