package io.wsboot.server;

/**
 * Monotonic time.
 */
@FunctionalInterface
interface NanoClock {

	/** The running machine's. */
	NanoClock SYSTEM = System::nanoTime;

	/** Nanoseconds since some moment that never changes. */
	long nanoTime();

}
