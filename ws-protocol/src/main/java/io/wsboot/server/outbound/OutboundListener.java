package io.wsboot.server.outbound;

import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.spi.WsServerObserver.DropReason;

/**
 * Hears what happens to the output of one connection. The drainer calls all methods, on
 * whichever thread it is. An implementation calls no {@linkplain ForeignCode foreign
 * code} before the drainer has returned, but for {@link #dropped}.
 */
public interface OutboundListener {

	/**
	 * The socket takes no more bytes, though some remain. {@link Outbound#writable} must
	 * be called when the socket takes bytes again.
	 */
	void blocked();

	/**
	 * The number of bytes that wait has changed.
	 * @param change how many bytes wait more than at the last call, or fewer if negative
	 */
	void queued(long change);

	/** The queue is above the high-water mark. */
	void congested();

	/** The queue is down to half of the high-water mark. */
	void drained();

	/**
	 * The overflow policy has dropped messages. Called when the thread is the drainer no
	 * longer.
	 */
	void dropped(DropReason reason, int messages);

	/** More bytes wait than may, and no message can be dropped. */
	void overflowed();

	/** All has been written after {@link Outbound#finish}. */
	void finished();

	/**
	 * The socket cannot be written to any more. What waited is lost.
	 * @param cause an {@link java.io.IOException}, unless the engine or the JVM failed
	 */
	void failed(Throwable cause);

}
