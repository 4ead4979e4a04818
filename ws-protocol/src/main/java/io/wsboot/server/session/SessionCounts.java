package io.wsboot.server.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is counted and measured of one session. What its loop does, it counts without any
 * atomic operation; other threads that send add to counts of their own, which no other
 * session shares. Read by any thread.
 */
final class SessionCounts {

	private static final VarHandle MESSAGES_IN = handle("messagesIn");

	private static final VarHandle BYTES_IN = handle("bytesIn");

	private static final VarHandle MESSAGES_OUT = handle("messagesOut");

	private static final VarHandle BYTES_OUT = handle("bytesOut");

	private static final VarHandle OTHERS_MESSAGES_OUT = handle("othersMessagesOut");

	private static final VarHandle OTHERS_BYTES_OUT = handle("othersBytesOut");

	private static final VarHandle ROUND_TRIP = handle("roundTrip", int.class);

	private long messagesIn;

	private long bytesIn;

	/** Sent by the loop. */
	private long messagesOut;

	private long bytesOut;

	/** Sent by other threads. */
	private long othersMessagesOut;

	private long othersBytesOut;

	/** The last one that was measured, in microseconds; 0 = none yet. */
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

	/** On the loop: a message has come, or with 0 part of one. */
	void received(int messages, int size) {
		MESSAGES_IN.setOpaque(this, this.messagesIn + messages);
		BYTES_IN.setOpaque(this, this.bytesIn + size);
	}

	/** On the loop: a message has been sent, or with 0 part of one. */
	void sent(int messages, int size) {
		MESSAGES_OUT.setOpaque(this, this.messagesOut + messages);
		BYTES_OUT.setOpaque(this, this.bytesOut + size);
	}

	/** The same on any other thread. */
	void sentByOther(int messages, int size) {
		OTHERS_MESSAGES_OUT.getAndAdd(this, (long) messages);
		OTHERS_BYTES_OUT.getAndAdd(this, (long) size);
	}

	/** On the loop: a Ping has been answered. */
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

	/** In microseconds; 0 if none has been measured. */
	int roundTrip() {
		return (int) ROUND_TRIP.getOpaque(this);
	}

}
