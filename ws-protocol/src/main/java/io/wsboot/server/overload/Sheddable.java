package io.wsboot.server.overload;

import io.wsboot.CloseStatus;
import io.wsboot.server.loop.EventLoop;

/**
 * A connection that can be shed when all connections together hold too much memory. All
 * methods run on the connection's loop unless their comments say otherwise.
 */
public interface Sheddable {

	/** Returns the connection's loop. Any thread. */
	EventLoop loop();

	/** Whether the connection has ended. */
	boolean isGone();

	/** Returns how many bytes wait for the peer. */
	long queued();

	/** Returns how many bytes have come from the peer and have not been handled. */
	long pending();

	/** Frees the bytes that wait for the peer, and closes the connection. */
	void shedQueued(CloseStatus status);

	/** Frees the bytes that have come from the peer, and closes the connection. */
	void shedPending(CloseStatus status);

	/** Reads the connection again, after the pressure has ended. */
	void resumeAfterPressure();

}
