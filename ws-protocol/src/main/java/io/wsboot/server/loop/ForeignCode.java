package io.wsboot.server.loop;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The border between the engine and code that is not the engine's: handlers,
 * interceptors, observers, converters, executors, dependents of
 * {@link io.wsboot.WsSession#sendAsync}, conditions of a broadcast, {@code equals} and
 * {@code hashCode} of keys, logs. Such code may block, throw, or call the engine again,
 * so a thread that runs it holds nothing of the engine's that another thread may wait
 * for.
 * <p>
 * The rule is checked where assertions are enabled, as in tests, and costs nothing
 * elsewhere: a place that takes hold of something says {@code assert held(it)}, one that
 * lets go of it {@code assert released(it)}, and one that calls foreign code
 * {@code assert isAllowed()}.
 * <p>
 * Held are the locks of the engine, and an {@code Outbound} that the thread works on or
 * has still to work on. An {@code Outbound} that an event loop owns until the end of its
 * turn or round does not count: callbacks run in the middle of that by design. Such a
 * callback cannot reorder anything, as what the loop's thread sends meanwhile goes
 * through the same queue or straight behind what the turn has produced; it cannot hang,
 * as the engine never makes a loop's thread wait for room or for a lock that is held for
 * long; and threads that wait for the loop wait no longer than for the callback to
 * return.
 */
public final class ForeignCode {

	private static final ThreadLocal<Deque<Object>> HELD = ThreadLocal.withInitial(ArrayDeque::new);

	private ForeignCode() {
	}

	/**
	 * The current thread takes hold of something.
	 * @return true
	 */
	public static boolean held(Object what) {
		HELD.get().push(what);
		return true;
	}

	/**
	 * The current thread lets go of something that it has taken hold of.
	 * @return whether it had
	 */
	public static boolean released(Object what) {
		return HELD.get().removeFirstOccurrence(what);
	}

	/**
	 * Called where foreign code is about to be called, or a thread about to wait.
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
