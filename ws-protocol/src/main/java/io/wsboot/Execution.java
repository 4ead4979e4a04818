package io.wsboot;

/**
 * The threads on which the callbacks of an endpoint run. On either kind of thread the
 * callbacks of one session run one at a time and in wire order, unless
 * {@link EndpointOptions#withConcurrency} says otherwise.
 */
public enum Execution {

	/** The server's default. */
	AUTO,

	/** The server's executor. A callback may block. */
	WORKER,

	/**
	 * The event loop that serves the connection. A message is not handed over between
	 * threads, which is the least cost per message. A callback must never block, as all
	 * connections of the event loop would wait for the callback to return.
	 */
	EVENT_LOOP

}
