package io.wsboot.server.loop;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The border between the engine and foreign code: handlers, interceptors, observers,
 * converters, executors, dependents of {@link io.wsboot.WsSession#sendAsync}, conditions
 * of a broadcast, {@code equals} and {@code hashCode} of keys, and loggers. Foreign code
 * may block, throw, or call the engine again. So a thread that runs foreign code must
 * hold nothing that another thread of the engine may wait for.
 * <p>
 * Assertions check this rule where they are enabled, as in tests, and cost nothing
 * elsewhere. Code that acquires something says {@code assert held(it)}, code that
 * releases it says {@code assert released(it)}, and code that calls foreign code says
 * {@code assert isAllowed()}.
 * <p>
 * A thread holds the locks of the engine that it has acquired, and each {@code Outbound}
 * whose drainer it is. An {@code Outbound} whose drainer is an event loop, until the end
 * of the loop's batch or round, does not count, as callbacks run in the middle of a batch
 * by design. Such a callback cannot reorder messages: what the loop's thread sends
 * meanwhile goes through the same queue, or directly behind the frames of the batch. Such
 * a callback cannot cause a deadlock: the engine never lets a loop's thread wait for room
 * in a queue or for a lock that is held for long, and threads that wait for the loop wait
 * only until the callback returns.
 */
public final class ForeignCode {

	/** What each thread holds; the newest first. */
	private static final ThreadLocal<Deque<Object>> HELD = ThreadLocal.withInitial(ArrayDeque::new);

	private ForeignCode() {
	}

	/**
	 * Called when the current thread has acquired something.
	 * @return true
	 */
	public static boolean held(Object what) {
		HELD.get().push(what);
		return true;
	}

	/**
	 * Called when the current thread releases something.
	 * @return whether the current thread held it
	 */
	public static boolean released(Object what) {
		return HELD.get().removeFirstOccurrence(what);
	}

	/**
	 * Called before foreign code is called, and before a thread waits.
	 * @return true
	 * @throws AssertionError if the current thread holds something
	 */
	public static boolean isAllowed() {
		Deque<Object> held = HELD.get();
		if (held.isEmpty()) {
			return true;
		}
		throw new AssertionError("foreign code must not run while a thread holds " + held);
	}

}
