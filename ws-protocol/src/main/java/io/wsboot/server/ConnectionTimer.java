package io.wsboot.server;

import java.util.function.Consumer;

import io.wsboot.server.Deadlines.Due;
import io.wsboot.server.TimerWheel.Timer;

/**
 * Wakes a connection when something is due. Set again only when a deadline may have come
 * nearer, or has passed. On the connection's loop.
 */
final class ConnectionTimer {

	private final EventLoop loop;

	private final Deadlines deadlines;

	private final Consumer<Due> whenDue;

	private final Timer timer = new Timer(this::fire);

	private boolean ended;

	ConnectionTimer(EventLoop loop, WsServerOptions options, Consumer<Due> whenDue) {
		this.loop = loop;
		this.deadlines = new Deadlines(options, loop.now());
		this.whenDue = whenDue;
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

	void pinged() {
		this.deadlines.pinged(this.loop.now());
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
		if (due != Due.NOTHING) {
			this.whenDue.accept(due);
		}
		schedule();
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
