package io.wsboot.server;

import java.io.IOException;

import io.wsboot.server.Intake.Pause;
import io.wsboot.server.WsServerObserver.DropReason;
import io.wsboot.server.WsServerObserver.ErrorKind;

/**
 * Brings to the connection's loop what a thread that owns its output has to tell.
 */
final class OutboundSignals implements OutboundEvents {

	private final Connection connection;

	private final EventLoop loop;

	private final WsServerObserver observer;

	/**
	 * Whether a peer that does not read its replies must not make more of them, as none
	 * may be dropped.
	 */
	private final boolean pauses;

	OutboundSignals(Connection connection, EventLoop loop, ServerContext server) {
		this.connection = connection;
		this.loop = loop;
		this.observer = server.observer();
		OverflowPolicy policy = server.options().outbound().overflow();
		this.pauses = policy == OverflowPolicy.CLOSE || policy == OverflowPolicy.BLOCK;
	}

	boolean pausesWhenCongested() {
		return this.pauses;
	}

	@Override
	public void blocked() {
		onLoop(this.connection::blocked);
	}

	@Override
	public void congested() {
		if (this.pauses) {
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
		// never at once: what was kept aside must not be read in the middle of a callback
		this.loop.execute(unlessGone(() -> {
			if (!this.connection.outbound().room().isCongested()) {
				this.connection.resume(Pause.CONGESTED);
			}
			this.connection.conversation().drained();
		}));
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		this.observer.dropped(reason, messages);
		onLoop(() -> this.connection.conversation().dropped(messages));
	}

	@Override
	public void finished() {
		onLoop(this.connection::outputWritten);
	}

	@Override
	public void failed(IOException cause) {
		onLoop(() -> {
			this.observer.error(ErrorKind.IO);
			this.connection.drop();
		});
	}

	private void onLoop(Runnable task) {
		Runnable unlessGone = unlessGone(task);
		if (this.loop.isCurrent()) {
			unlessGone.run();
		}
		else {
			this.loop.execute(unlessGone);
		}
	}

	private Runnable unlessGone(Runnable task) {
		return () -> {
			if (!this.connection.isGone()) {
				task.run();
			}
		};
	}

}
