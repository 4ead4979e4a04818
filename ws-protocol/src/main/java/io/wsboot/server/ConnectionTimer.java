package io.wsboot.server;

import io.wsboot.CloseStatus;
import io.wsboot.server.Deadlines.Due;
import io.wsboot.server.TimerWheel.Timer;

/**
 * Wakes a connection when something is due. Set again only when a deadline may have come
 * nearer, or has passed. On the connection's loop.
 */
final class ConnectionTimer extends Timer implements ConnectionWork {

	/** How soon the end of a session is told again if that has failed. */
	private static final long RETRY_NANOS = 50_000_000;

	private final Connection connection;

	private final Deadlines deadlines;

	ConnectionTimer(Connection connection, ServerContext server) {
		this.connection = connection;
		// not the loop's time, which may be that of a long round before the connection
		// was made
		this.deadlines = new Deadlines(server.clock().nanoTime());
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
	public Connection connection() {
		return this.connection;
	}

	@Override
	public void run() {
		if (this.connection.isGone()) {
			endLater();
			this.connection.conversation().gone();
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
		if (this.connection.intake().isPaused() && due.isAboutSilence()) {
			heard(); // the silence is of our own making
		}
		else if (due != Due.NOTHING) {
			act(due);
		}
	}

	private void act(Due due) {
		switch (due) {
			case PING -> {
				this.deadlines.pinged(loop().now());
				this.connection.conversation().ping();
			}
			case IDLE -> this.connection.close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> this.connection.close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
			case CLOSE -> {
				if (!this.connection.protocol().end()) { // which handlers have held up
					timeOut();
				}
			}
			default -> timeOut();
		}
	}

	private void timeOut() {
		this.connection.conversation().timedOut();
		this.connection.drop();
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
