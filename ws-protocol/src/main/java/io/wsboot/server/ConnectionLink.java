package io.wsboot.server;

import java.io.IOException;
import java.lang.System.Logger.Level;

import io.wsboot.SendResult;
import io.wsboot.server.Intake.Pause;
import io.wsboot.server.WsServerObserver.DropReason;
import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Brings to the connection's loop what a thread that owns its output has to tell. What
 * may call an observer or a handler is left to a task of the loop, as the loop may be
 * that thread, or in the middle of another connection's callback.
 */
final class OutboundSignals implements OutboundEvents {

	private static final Log LOG = new Log();

	private final Connection connection;

	OutboundSignals(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Whether a peer that does not read its replies must not make more of them, as none
	 * may be dropped.
	 */
	private boolean pauses() {
		OverflowPolicy policy = this.connection.server().options().outbound().overflow();
		return policy == OverflowPolicy.CLOSE || policy == OverflowPolicy.BLOCK || policy == OverflowPolicy.CONFLATE;
	}

	/**
	 * Whether the handler is to make no more replies for now. Whoever is told so hears
	 * when that is over. Any thread.
	 */
	boolean isCongested() {
		if (!pauses()) {
			return false;
		}
		OutboundRoom room = this.connection.outbound().room();
		// the level too, as the owner may not get to look at it for a while
		return room.isCongested() || room.result() == SendResult.CONGESTED;
	}

	@Override
	public void blocked() {
		onLoop(this.connection::blocked);
	}

	@Override
	public void queued(long change) {
		this.connection.server().shedding().held(change);
	}

	@Override
	public void congested() {
		if (pauses()) {
			onLoop(() -> {
				// owners on several threads may tell later than it happens
				if (this.connection.outbound().room().isCongested()) {
					this.connection.pause(Pause.CONGESTED);
				}
			});
		}
	}

	@Override
	public void drained() {
		later(() -> {
			if (!this.connection.outbound().room().isCongested()) {
				this.connection.resume(Pause.CONGESTED);
			}
			this.connection.conversation().drained();
		});
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		this.connection.server().observer().dropped(reason, messages);
		if (reason != DropReason.CONFLATED) { // the peer gets what is newer
			later(() -> this.connection.conversation().dropped(messages));
		}
	}

	@Override
	public void overflowed() {
		later(() -> {
			if (this.connection.protocol().mayClose()) {
				this.connection.server().observer().dropped(DropReason.CLOSED, 1);
				this.connection.close(SessionOutput.TOO_SLOW, true);
			}
		});
	}

	@Override
	public void finished() {
		later(this.connection::outputWritten);
	}

	@Override
	public void failed(Throwable cause) {
		later(() -> {
			if (!(cause instanceof IOException)) {
				LOG.log(Level.ERROR, () -> "output of a connection failed", cause);
			}
			this.connection.server().observer().error(ErrorKind.IO);
			this.connection.drop();
		});
	}

	private void onLoop(Runnable task) {
		Runnable unlessGone = unlessGone(task);
		if (this.connection.loop().isCurrent()) {
			unlessGone.run();
		}
		else {
			this.connection.execute(unlessGone);
		}
	}

	private void later(Runnable task) {
		this.connection.execute(unlessGone(task));
	}

	private Runnable unlessGone(Runnable task) {
		return () -> {
			if (!this.connection.isGone()) {
				task.run();
			}
		};
	}

}
