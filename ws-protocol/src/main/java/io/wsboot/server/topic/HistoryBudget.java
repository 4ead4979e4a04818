package io.wsboot.server.topic;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the histories of all topics may take together. Any thread. */
final class HistoryBudget {

	/** What a message takes beside its payload, in bytes: entry, buffer, array, slot. */
	private static final int OVERHEAD = 128;

	private final long most;

	private final AtomicLong held = new AtomicLong();

	HistoryBudget(long most) {
		this.most = most;
	}

	/** The bytes that a message takes in a history. */
	static int size(int payload) {
		return payload + OVERHEAD;
	}

	/** How many bytes must be released before so many more fit. */
	long missing(long bytes) {
		return this.held.get() + bytes - this.most;
	}

	/** An eighth of all, which is released at once so that the next is not soon. */
	long share() {
		return this.most / 8;
	}

	/** Reserves bytes, if they fit. */
	boolean tryReserve(int bytes) {
		long held;
		do {
			held = this.held.get();
			if (held + bytes > this.most) {
				return false;
			}
		}
		while (!this.held.compareAndSet(held, held + bytes));
		return true;
	}

	void release(int bytes) {
		this.held.addAndGet(-bytes);
	}

	long held() {
		return this.held.get();
	}

}
