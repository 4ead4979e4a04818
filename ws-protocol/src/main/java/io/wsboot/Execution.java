package io.wsboot;

/**
 * Where the callbacks of an endpoint run. Either way one callback at a time per session,
 * in wire order, unless {@link EndpointOptions#withConcurrency} says otherwise.
 */
public enum Execution {

	/** As the server's default says. */
	AUTO,

	/** On the server's executor: a callback may block. */
	WORKER,

	/**
	 * On the event loop that serves the connection: no hand-over between threads, and the
	 * least cost per message. A callback must never block, as every connection of that
	 * loop would wait for it.
	 */
	EVENT_LOOP

}
