package io.wsboot.server.connection;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

import io.wsboot.CloseStatus;
import io.wsboot.SendResult;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.connection.Deadlines.Due;
import io.wsboot.server.inbound.Pause;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.IoHandle;
import io.wsboot.server.loop.Log;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.outbound.OutboundListener;
import io.wsboot.server.outbound.OutboundWatermarks;
import io.wsboot.server.overload.Sheddable;
import io.wsboot.server.session.SessionLink;
import io.wsboot.server.session.SessionOutput;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.Carrier;

/**
 * The face of a connection that its session, its output, its timer and load shedding see.
 * The drainer of the output tells events on any thread; this class brings each event to
 * the connection's loop. An event that may call an observer or a handler always becomes a
 * task of the loop, as the drainer may be the loop in the middle of another connection's
 * callback.
 */
public final class ConnectionLink implements OutboundListener, SessionLink, Sheddable, ConnectionTimer.Target {

	private static final Log LOG = new Log();

	private final Connection connection;

	ConnectionLink(Connection connection) {
		this.connection = connection;
	}

	/** All connections of a loop. On the loop. */
	public static List<ConnectionLink> of(EventLoop loop) {
		return loop.selector().handles().stream().map((handle) -> ((Connection) handle).link()).toList();
	}

	@Override
	public EventLoop loop() {
		return this.connection.loop();
	}

	@Override
	public IoHandle handle() {
		return this.connection;
	}

	@Override
	public ServerContext server() {
		return this.connection.server();
	}

	@Override
	public boolean isPaused() {
		return this.connection.inbound().isPaused();
	}

	@Override
	public void due(Due due) {
		this.connection.lifecycle().due(due);
	}

	@Override
	public void tellEnd() {
		this.connection.lifecycle().gone();
	}

	@Override
	public Outbound outbound() {
		return this.connection.outbound();
	}

	@Override
	public void execute(Runnable task) {
		this.connection.execute(task);
	}

	@Override
	public boolean isPaused(Pause why) {
		return this.connection.inbound().isPaused(why);
	}

	@Override
	public void pause(Pause why) {
		this.connection.pause(why);
	}

	@Override
	public void resume(Pause why) {
		this.connection.resume(why);
	}

	@Override
	public void abandon() {
		loop().abandon(this.connection);
	}

	@Override
	public void answered() {
		this.connection.protocol().end();
	}

	@Override
	public void close(CloseStatus status, boolean urgent) {
		this.connection.lifecycle().close(status, urgent);
	}

	@Override
	public void closeDelayed() {
		this.connection.timer().closing();
	}

	@Override
	public void ended(boolean inOrder) {
		this.connection.lifecycle().ended(inOrder);
	}

	@Override
	public void fail(CloseStatus status) {
		this.connection.protocol().fail(status);
	}

	@Override
	public Carrier carrier() {
		return this.connection.transport().carrier();
	}

	@Override
	public long since() {
		return this.connection.timer().since();
	}

	@Override
	public long heardAt() {
		return this.connection.timer().heardAt();
	}

	@Override
	public boolean isGone() {
		return this.connection.isGone();
	}

	@Override
	public long queued() {
		return outbound().watermarks().queued();
	}

	@Override
	public long pending() {
		return this.connection.inbound().told() + this.connection.lifecycle().waiting();
	}

	/** A peer that has been sent its Close frame may leave earlier frames unread. */
	@Override
	public void shedQueued(CloseStatus status) {
		if (this.connection.protocol().mayClose()) {
			close(status, true);
		}
		else {
			this.connection.drop();
		}
	}

	@Override
	public void shedPending(CloseStatus status) {
		this.connection.lifecycle().abandon(status);
		if (!this.connection.protocol().abandon(status)) {
			this.connection.drop();
		}
	}

	@Override
	public void resumeAfterPressure() {
		resume(Pause.MEMORY);
	}

	/**
	 * Whether congestion pauses reading: under policies that drop no message, a peer that
	 * does not read its replies must not cause further replies.
	 */
	private boolean pauses() {
		OverflowPolicy policy = server().options().outbound().overflow();
		return policy == OverflowPolicy.CLOSE || policy == OverflowPolicy.BLOCK || policy == OverflowPolicy.CONFLATE;
	}

	@Override
	public boolean isCongested() {
		if (!pauses()) {
			return false;
		}
		OutboundWatermarks watermarks = outbound().watermarks();
		// the level too, as the drainer may look at it only later
		return watermarks.isCongested() || watermarks.result() == SendResult.CONGESTED;
	}

	@Override
	public void blocked() {
		onLoop(this.connection::blocked);
	}

	@Override
	public void queued(long change) {
		server().shedding().held(change);
	}

	@Override
	public void congested() {
		if (pauses()) {
			onLoop(() -> {
				// drainers on several threads may tell in another order than it happens
				if (outbound().watermarks().isCongested()) {
					this.connection.pause(Pause.CONGESTED);
				}
			});
		}
	}

	@Override
	public void drained() {
		later(() -> {
			if (!outbound().watermarks().isCongested()) {
				this.connection.resume(Pause.CONGESTED);
			}
			this.connection.lifecycle().drained();
		});
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		server().observer().dropped(reason, messages);
		if (reason != DropReason.CONFLATED) { // the peer gets a newer message instead
			later(() -> this.connection.lifecycle().dropped(messages));
		}
	}

	@Override
	public void overflowed() {
		later(() -> {
			if (this.connection.protocol().mayClose()) {
				server().observer().dropped(DropReason.CLOSED, 1);
				close(SessionOutput.TOO_SLOW, true);
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
			server().observer().error(ErrorKind.IO);
			this.connection.drop();
		});
	}

	/** Runs a task at once on the loop, else leaves the task for the loop. */
	private void onLoop(Runnable task) {
		Runnable unlessGone = unlessGone(task);
		if (loop().isCurrent()) {
			unlessGone.run();
		}
		else {
			execute(unlessGone);
		}
	}

	/** Leaves a task for the loop. */
	private void later(Runnable task) {
		execute(unlessGone(task));
	}

	private Runnable unlessGone(Runnable task) {
		return () -> {
			if (!this.connection.isGone()) {
				task.run();
			}
		};
	}

}
