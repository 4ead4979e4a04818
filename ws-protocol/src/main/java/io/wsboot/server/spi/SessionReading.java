package io.wsboot.server.spi;

import io.wsboot.WsSession;

/**
 * Stops and continues the reading of one session, for handlers that take messages as they
 * want them. While a session is not read, neither messages nor control frames arrive, no
 * timeout counts the client's silence, and the network tells the client to wait.
 */
public interface SessionReading {

	/**
	 * Returns the control of a session's reading.
	 * @param session a session of a {@code WsServer}
	 * @return the control
	 * @throws IllegalArgumentException if the session cannot be controlled, such as most
	 * test doubles
	 */
	static SessionReading of(WsSession session) {
		if (session instanceof Source source) {
			return source.reading();
		}
		throw new IllegalArgumentException("no session of a WsServer: " + session.getClass().getName());
	}

	/**
	 * Stops reading. Called by callbacks that run on the session's event loop, see
	 * {@link io.wsboot.Execution#EVENT_LOOP}; then no callback for a message follows the
	 * current one until {@link #resume()}. A session that is being closed is read in any
	 * case.
	 */
	void pause();

	/** Continues reading. Any thread. Does nothing if the session is read. */
	void resume();

	/**
	 * A session whose reading can be controlled. Each session of a {@code WsServer} is a
	 * source; a test double may be one.
	 */
	interface Source {

		/**
		 * Returns the control. Any thread may call this method.
		 * @return the control of the session's reading
		 */
		SessionReading reading();

	}

}
