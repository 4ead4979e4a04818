package io.wsboot.server;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something that is thrown at one place of those that pass by here. Any thread.
 */
public final class Fault {

	/** What is thrown. */
	enum Kind {

		IO(() -> new IOException("as told")), ILLEGAL_STATE(() -> new IllegalStateException("as told")),
		OUT_OF_MEMORY(() -> new OutOfMemoryError("as told")), REJECTED(() -> new RejectedExecutionException("as told"));

		private final Supplier<Throwable> thrown;

		Kind(Supplier<Throwable> thrown) {
			this.thrown = thrown;
		}

	}

	/** Where, what, and behind how many that pass; null if nothing is thrown. */
	private record Plan(Object place, Kind kind, boolean always, AtomicInteger before) {
	}

	private volatile @Nullable Plan plan;

	private volatile int thrown;

	/** Throws once at a place, behind a number of passes. */
	void once(Object place, Kind kind, int before) {
		arm(new Plan(place, kind, false, new AtomicInteger(before)));
	}

	/** Throws at a place from now on. */
	void always(Object place, Kind kind, int before) {
		arm(new Plan(place, kind, true, new AtomicInteger(before)));
	}

	private void arm(Plan plan) {
		this.thrown = 0;
		this.plan = plan;
	}

	/** Throws no more. */
	void disarm() {
		this.plan = null;
	}

	boolean wasThrown() {
		return this.thrown > 0;
	}

	/** Something passes a place. */
	void at(Object place) {
		Plan plan = this.plan;
		if (plan != null && plan.place.equals(place)) {
			int left = plan.before.getAndDecrement();
			if (left == 0 || plan.always && left < 0) {
				this.thrown = 1;
				Fault.<RuntimeException>sneak(plan.kind.thrown.get());
			}
		}
	}

	@SuppressWarnings("unchecked")
	public static <X extends Throwable> void sneak(Throwable thrown) throws X {
		throw (X) thrown;
	}

}
