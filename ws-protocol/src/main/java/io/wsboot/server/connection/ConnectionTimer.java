package io.wsboot.server.connection;

import io.wsboot.server.connection.Deadlines.Due;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoHandle;
import io.wsboot.server.loop.IoWork;
import io.wsboot.server.loop.TimerWheel.Timer;

/**
 * Wakes a connection when something is due. Set again only when a deadline may have come
 * nearer, or has passed. On the connection's loop.
 */
final class ConnectionTimer extends Timer implements IoWork {

	/** The connection that is woken. */
	interface Target {

		IoHandle handle();

		EventLoop loop();

		ServerContext server();

		/** Whether the connection has been dropped. */
		boolean isGone();

		/** Whether the server does not read the connection. */
		boolean isPaused();

		/** A deadline has passed. */
		void due(Due due);

		/** Tells the session once more that the connection is gone. */
		void tellEnd();

	}

	/** How soon the end of a session is told again if that has failed. */
	private static final long RETRY_NANOS = 50_000_000;

	private final Target connection;

	private final Deadlines deadlines;

	ConnectionTimer(Target connection) {
		this.connection = connection;
		// not the loop's time, which may be that of a long round before the connection
		// was made
		this.deadlines = new Deadlines(connection.server().clock().nanoTime());
		schedule();
	}

	/**
	 * When the connection was accepted, and once it is open when it was opened. Any
	 * thread.
	 */
	long since() {
		return this.deadlines.since();
	}

	/** When bytes came last, or it was we who did not read. Any thread. */
	long heardAt() {
		return this.deadlines.heardAt();
	}

	/** Bytes came from the peer, or it was we who did not read. */
	void heard() {
		if (this.deadlines.heard(loop().now())) {
			schedule();
		}
	}

	void opened() {
		this.deadlines.opened(loop().now());
		schedule();
	}

	/** The socket takes no more bytes. */
	void stalled() {
		this.deadlines.stalled(loop().now());
		schedule();
	}

	/** It takes bytes again. */
	void flowing() {
		this.deadlines.flowing();
	}

	/** From here on only the close timeout counts. */
	void closing() {
		this.deadlines.closing(loop().now());
		schedule();
	}

	/** The connection is gone: its end is told again later, unless {@link #end} comes. */
	void endLater() {
		loop().timers().schedule(this, loop().now() + RETRY_NANOS);
	}

	/** All has been told. */
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

	private void look() {
		Due due = this.deadlines.due(timeouts(), loop().now());
		if (this.connection.isPaused() && due.isAboutSilence()) {
			heard(); // the silence is of our own making
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
			return; // see above
		}
		if (next == Long.MAX_VALUE) {
			loop().timers().cancel(this);
		}
		else {
			loop().timers().schedule(this, next);
		}
	}

}
