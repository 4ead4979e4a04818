package io.wsboot.server.connection;

import io.wsboot.server.connection.Deadlines.Due;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoHandle;
import io.wsboot.server.loop.IoWork;
import io.wsboot.server.loop.TimerWheel.Timer;

/**
 * The timer of one connection: has the loop's timer wheel call when one of the
 * connection's {@link Deadlines} may have passed. The timer is scheduled anew only when a
 * deadline may have come nearer or has passed, so a message costs no timer. The
 * connection's loop calls all methods that do not say otherwise.
 */
final class ConnectionTimer extends Timer implements IoWork {

	/** The connection, as far as its timer is concerned. */
	interface Target {

		/** The socket that is dropped if the timer throws. */
		IoHandle handle();

		/** The connection's loop. */
		EventLoop loop();

		/** The server, which knows the timeouts. */
		ServerContext server();

		/** Whether the socket is closed. */
		boolean isGone();

		/** Whether the server does not read the connection. */
		boolean isPaused();

		/** A deadline has passed. */
		void due(Due due);

		/**
		 * Tells the session again that the connection is gone, as the first call has
		 * failed.
		 */
		void tellEnd();

	}

	/** How long after a failure the session is told of its end again. */
	private static final long RETRY_NANOS = 50_000_000;

	private final Target connection;

	private final Deadlines deadlines;

	/** Starts the handshake timeout of a connection that has just been accepted. */
	ConnectionTimer(Target connection) {
		this.connection = connection;
		// the clock's time, as a long round of the loop may have begun before the accept
		this.deadlines = new Deadlines(connection.server().clock().nanoTime());
		schedule();
	}

	/**
	 * The time at which the connection was accepted, or its session opened if there is
	 * one. Any thread.
	 */
	long since() {
		return this.deadlines.since();
	}

	/**
	 * The time of the last bytes from the peer, or of the last moment without reading.
	 * Any thread.
	 */
	long heardAt() {
		return this.deadlines.heardAt();
	}

	/** Bytes have come from the peer, or the server did not read. */
	void heard() {
		if (this.deadlines.heard(loop().now())) {
			schedule();
		}
	}

	/** The session is open: starts the deadlines of a session. */
	void opened() {
		this.deadlines.opened(loop().now());
		schedule();
	}

	/** The socket takes no more bytes. */
	void stalled() {
		this.deadlines.stalled(loop().now());
		schedule();
	}

	/** The socket takes bytes again. */
	void flowing() {
		this.deadlines.flowing();
	}

	/** The connection is closing: only the close timeout counts from here on. */
	void closing() {
		this.deadlines.closing(loop().now());
		schedule();
	}

	/**
	 * The connection is gone: schedules a second attempt to tell the session of its end,
	 * unless {@link #end} follows.
	 */
	void endLater() {
		loop().timers().schedule(this, loop().now() + RETRY_NANOS);
	}

	/** The session has been told of its end: cancels the timer. */
	void end() {
		loop().timers().cancel(this);
	}

	@Override
	public IoHandle handle() {
		return this.connection.handle();
	}

	@Override
	public void run() {
		if (this.connection.isGone()) {
			endLater();
			this.connection.tellEnd();
			end();
			return;
		}
		try {
			look();
		}
		finally {
			schedule();
		}
	}

	/**
	 * Acts on a deadline that has passed. A pause of the server is no silence of the
	 * peer.
	 */
	private void look() {
		Due due = this.deadlines.due(timeouts(), loop().now());
		if (this.connection.isPaused() && due.isAboutSilence()) {
			heard();
		}
		else if (due != Due.NOTHING) {
			if (due == Due.PING) {
				this.deadlines.pinged(loop().now());
			}
			this.connection.due(due);
		}
	}

	private Timeouts timeouts() {
		return this.connection.server().timeouts();
	}

	private EventLoop loop() {
		return this.connection.loop();
	}

	private void schedule() {
		long next = this.deadlines.next(timeouts());
		if (this.connection.isGone()) {
			return; // endLater() has scheduled the timer
		}
		if (next == Long.MAX_VALUE) {
			loop().timers().cancel(this);
		}
		else {
			loop().timers().schedule(this, next);
		}
	}

}
