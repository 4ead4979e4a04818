package io.wsboot.server.overload;

import io.wsboot.CloseStatus;
import io.wsboot.server.loop.EventLoop;

/**
 * A connection that the server may give up when all connections together hold too much.
 * Everything runs on the connection's loop, unless a description says otherwise.
 */
public interface Sheddable {

	/** The connection's loop. Any thread. */
	EventLoop loop();

	/** Whether the connection has ended. */
	boolean isGone();

	/** Bytes that wait for the peer. */
	long queued();

	/** Bytes that have come from the peer and have not been handled. */
	long pending();

	/** Gives up what waits for the peer, and closes the connection. */
	void shedQueued(CloseStatus status);

	/** Gives up what has come from the peer, and closes the connection. */
	void shedPending(CloseStatus status);

	/** The shortage of memory is over: the connection may be read again. */
	void resumeAfterPressure();

}
