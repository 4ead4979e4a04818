package io.wsboot.server;

import io.wsboot.server.WsServerObserver.DropReason;

/**
 * What happens to a connection's output, told by whichever thread owns it: an
 * implementation calls no {@linkplain ForeignCode foreign code} before that thread has
 * returned from where it was told, but for {@link #dropped}.
 */
interface OutboundListener {

	/**
	 * Bytes remain that the socket does not take: {@link Outbound#writable} is to be
	 * called when it does.
	 */
	void blocked();

	/** More bytes wait than the last time, or fewer if negative. */
	void queued(long change);

	/** The queue is above the high-water mark. */
	void congested();

	/** It is down to half of it. */
	void drained();

	/** The overflow policy has dropped messages. Told when nobody owns the output. */
	void dropped(DropReason reason, int messages);

	/** More waits than may, and nothing of it can be dropped. */
	void overflowed();

	/** All is written after {@link Outbound#finish}. */
	void finished();

	/**
	 * The socket cannot be written to any more, and what waited is lost.
	 * @param cause an {@link java.io.IOException}, unless the engine or the JVM failed
	 */
	void failed(Throwable cause);

}
