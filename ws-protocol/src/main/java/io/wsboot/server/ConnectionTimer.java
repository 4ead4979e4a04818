package io.wsboot.server;

import io.wsboot.CloseStatus;
import io.wsboot.server.Deadlines.Due;
import io.wsboot.server.TimerWheel.Timer;
import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Wakes a connection when something is due. Set again only when a deadline may have come
 * nearer, or has passed. On the connection's loop.
 */
final class ConnectionTimer {

	private final EventLoop loop;

	private final Deadlines deadlines;

	private final Connection connection;

	private final WsServerObserver observer;

	private final Timer timer = new Timer(this::fire);

	private boolean ended;

	ConnectionTimer(Connection connection, ServerContext server) {
		this.connection = connection;
		this.observer = server.observer();
		this.loop = connection.loop();
		// not the loop's time, which may be that of a long round before the connection
		// was made
		this.deadlines = new Deadlines(server.options(), server.clock().nanoTime());
		schedule();
	}

	/** When the connection was accepted. */
	long acceptedAt() {
		return this.deadlines.accepted();
	}

	/** Bytes came from the peer, or it was we who did not read. */
	void heard() {
		if (this.deadlines.heard(this.loop.now())) {
			schedule();
		}
	}

	void opened() {
		this.deadlines.opened(this.loop.now());
		schedule();
	}

	/** The socket takes no more bytes. */
	void stalled() {
		this.deadlines.stalled(this.loop.now());
		schedule();
	}

	/** It takes bytes again. */
	void flowing() {
		this.deadlines.flowing();
	}

	/** From here on only the close timeout counts. */
	void closing() {
		this.deadlines.closing(this.loop.now());
		schedule();
	}

	void end() {
		this.ended = true;
		this.loop.timers().cancel(this.timer);
	}

	private void fire() {
		Due due = this.ended ? Due.NOTHING : this.deadlines.due(this.loop.now());
		if (this.connection.isPaused() && due.isAboutSilence()) {
			heard(); // the silence is of our own making
		}
		else if (due != Due.NOTHING) {
			act(due);
		}
		schedule();
	}

	private void act(Due due) {
		switch (due) {
			case PING -> {
				this.deadlines.pinged(this.loop.now());
				this.connection.conversation().ping();
			}
			case IDLE -> this.connection.close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> this.connection.close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
			default -> {
				this.observer.error(ErrorKind.TIMEOUT);
				this.connection.conversation().timedOut();
				this.connection.drop();
			}
		}
	}

	private void schedule() {
		long next = this.deadlines.next();
		if (next == Long.MAX_VALUE || this.ended) {
			this.loop.timers().cancel(this.timer);
		}
		else {
			this.loop.timers().schedule(this.timer, next);
		}
	}

}
