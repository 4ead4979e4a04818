package io.wsboot.server.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters of one session. The session's loop counts without atomic operations; other
 * threads that send have atomic counters of their own. Any thread reads.
 */
final class SessionCounts {

	private static final VarHandle MESSAGES_IN = handle("messagesIn");

	private static final VarHandle BYTES_IN = handle("bytesIn");

	private static final VarHandle MESSAGES_OUT = handle("messagesOut");

	private static final VarHandle BYTES_OUT = handle("bytesOut");

	private static final VarHandle OTHERS_MESSAGES_OUT = handle("othersMessagesOut");

	private static final VarHandle OTHERS_BYTES_OUT = handle("othersBytesOut");

	private static final VarHandle ROUND_TRIP = handle("roundTrip", int.class);

	/** Received; written by the loop. */
	private long messagesIn;

	private long bytesIn;

	/** Sent by the loop, which alone writes. */
	private long messagesOut;

	private long bytesOut;

	/** Sent by other threads, which write atomically. */
	private long othersMessagesOut;

	private long othersBytesOut;

	/** The last round trip in microseconds, 0 before the first; written by the loop. */
	private int roundTrip;

	private static VarHandle handle(String field) {
		return handle(field, long.class);
	}

	private static VarHandle handle(String field, Class<?> type) {
		try {
			return MethodHandles.lookup().findVarHandle(SessionCounts.class, field, type);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Counts what has been received. On the loop.
	 * @param messages how many messages; 0 for a part of a message
	 * @param size bytes of payload
	 */
	void received(int messages, int size) {
		MESSAGES_IN.setOpaque(this, this.messagesIn + messages);
		BYTES_IN.setOpaque(this, this.bytesIn + size);
	}

	/**
	 * Counts what the loop has sent. On the loop.
	 * @param messages how many messages; 0 for a part of a message
	 * @param size bytes of payload
	 */
	void sent(int messages, int size) {
		MESSAGES_OUT.setOpaque(this, this.messagesOut + messages);
		BYTES_OUT.setOpaque(this, this.bytesOut + size);
	}

	/** The same as {@link #sent} on any other thread. */
	void sentByOther(int messages, int size) {
		OTHERS_MESSAGES_OUT.getAndAdd(this, (long) messages);
		OTHERS_BYTES_OUT.getAndAdd(this, (long) size);
	}

	/** Records the round trip of a Ping. On the loop. */
	void roundTrip(long nanos) {
		ROUND_TRIP.setOpaque(this, (int) Math.min(Math.max(1, nanos / 1000), Integer.MAX_VALUE));
	}

	long messagesIn() {
		return (long) MESSAGES_IN.getOpaque(this);
	}

	long bytesIn() {
		return (long) BYTES_IN.getOpaque(this);
	}

	long messagesOut() {
		return (long) MESSAGES_OUT.getOpaque(this) + (long) OTHERS_MESSAGES_OUT.getOpaque(this);
	}

	long bytesOut() {
		return (long) BYTES_OUT.getOpaque(this) + (long) OTHERS_BYTES_OUT.getOpaque(this);
	}

	/** The last round trip in microseconds; 0 before the first. */
	int roundTrip() {
		return (int) ROUND_TRIP.getOpaque(this);
	}

}
