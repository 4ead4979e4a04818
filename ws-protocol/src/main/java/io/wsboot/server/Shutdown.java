package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.connection.Acceptor;
import io.wsboot.server.connection.HostedUpgrades;
import io.wsboot.server.connection.ServerContext;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.session.EndpointSessions;
import org.jspecify.annotations.Nullable;

/**
 * Stops a server, step by step, on a thread of its own.
 *
 * <pre>
 *  closeSessions      1001 to each session, in batches; new clients are still refused
 *       v
 *  stopListening      no new connections
 *       v
 *  dropConnections    after a moment in which peers may close their half, and in which
 *       |             sessions whose handshake was under way open, and get 1001 too; also
 *       |             handshakes that other servers have read, and whose connections have
 *       |             not come
 *       v
 *  endThreads         the loops, and then the threads of handlers
 *       v
 *  end                whatever the steps have left
 * </pre>
 *
 * A step that fails is logged, and the next step follows. An interrupt ends all waiting.
 * Shutdown measures real time, whatever clock the server has, as the operating system
 * does before it kills a process. The fields that change are used by one thread only.
 */
final class Shutdown implements Runnable {

	private static final Log LOG = new Log();

	/** The interval between two looks at something that has no notification. */
	private static final long POLL_MILLIS = 5;

	/**
	 * The most time that is reserved for the steps after the sessions, in nanoseconds.
	 */
	private static final long LONGEST_RESERVE = TimeUnit.MILLISECONDS.toNanos(500);

	private final ServerContext server;

	private final WsSessions sessions;

	/** Null if the server does not listen. */
	private final @Nullable Acceptor acceptor;

	private final HostedUpgrades upgrades;

	private final List<EventLoop> loops;

	private final @Nullable ExecutorService handlerThreads;

	private final CompletableFuture<Void> stopped;

	/** When all steps must have ended: a little before the timeout. */
	private long deadline;

	/** When open sessions are dropped, so that the other steps end in time too. */
	private long sessionDeadline;

	private boolean interrupted;

	Shutdown(ServerContext server, WsSessions sessions, @Nullable Acceptor acceptor, HostedUpgrades upgrades,
			List<EventLoop> loops, @Nullable ExecutorService handlerThreads, CompletableFuture<Void> stopped) {
		this.server = server;
		this.sessions = sessions;
		this.acceptor = acceptor;
		this.upgrades = upgrades;
		this.loops = loops;
		this.handlerThreads = handlerThreads;
		this.stopped = stopped;
		long timeout = server.options().shutdown().timeout().toNanos();
		long reserve = Math.min(timeout / 10, LONGEST_RESERVE);
		// callers who wait with the same timeout get the result in time
		this.deadline = System.nanoTime() + timeout - reserve / 2;
		this.sessionDeadline = this.deadline - reserve / 2;
	}

	@Override
	public void run() {
		try {
			step(this::closeSessions);
			step(this::stopListening);
			step(this::dropConnections);
			step(this::endThreads);
		}
		finally {
			end();
		}
	}

	/** One step of the stop. */
	@FunctionalInterface
	private interface Step {

		void take() throws InterruptedException;

	}

	/** Takes a step, whatever has become of the steps before. */
	private void step(Step step) {
		try {
			step.take();
		}
		catch (InterruptedException ex) {
			LOG.log(Level.WARNING, "interrupted while stopping; what is left ends at once", null);
			this.interrupted = true;
			this.deadline = System.nanoTime();
			this.sessionDeadline = this.deadline;
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "part of the stop failed", ex);
		}
	}

	private void stopListening() throws InterruptedException {
		if (this.acceptor != null) {
			this.acceptor.stop();
			this.acceptor.join(1000); // the acceptor gives the loops no more connections
		}
	}

	private void dropConnections() throws InterruptedException {
		awaitSockets(Math.min(this.sessionDeadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
		this.upgrades.stop();
		this.loops.forEach(EventLoop::dropConnections);
		awaitSockets(this.deadline);
	}

	/** Ends what the steps may have left, for example because memory was short. */
	private void end() {
		try {
			if (this.acceptor != null) {
				this.acceptor.stop();
			}
			this.loops.forEach(EventLoop::stop);
			if (this.handlerThreads != null) {
				this.handlerThreads.shutdown();
			}
			this.server.tlsThreads().shutdown();
			this.server.sessions().compressors().end();
		}
		finally {
			this.stopped.complete(null);
			if (this.interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Sends 1001 to the open sessions, in batches, until no session is left. */
	private void closeSessions() throws InterruptedException {
		ShutdownOptions options = this.server.options().shutdown();
		// repeats until no session is left, as a handshake may still become a session
		while (this.sessions.stream().findAny().isPresent() && timeIsLeft(this.sessionDeadline)) {
			Iterator<WsSession> open = this.sessions.where(WsSession::isOpen).stream().iterator();
			while (open.hasNext() && timeIsLeft(this.sessionDeadline)) {
				for (int i = 0; i < options.batchSize() && open.hasNext(); i++) {
					WsSession next = open.next();
					step(() -> next.close(CloseStatus.GOING_AWAY.withReason("server stops")));
				}
				if (open.hasNext()) {
					TimeUnit.NANOSECONDS.sleep(options.batchInterval().toNanos());
				}
			}
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	/**
	 * Waits until all sockets are closed: after our Close frame, peers need a moment to
	 * close their half. A handshake that was under way may still become a session.
	 */
	private void awaitSockets(long until) throws InterruptedException {
		while (this.server.capacity().sockets() > 0 && System.nanoTime() - until < 0) {
			closeSessions();
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	/**
	 * Waits until all callbacks have returned, which may run on an executor of the
	 * application.
	 */
	private void awaitHandlers() throws InterruptedException {
		while (!this.server.handshakes().endpoints().all().stream().allMatch(EndpointSessions::isFinished)
				&& timeIsLeft(this.deadline)) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	/**
	 * Makes the callbacks that the executor has refused to the end, above all
	 * {@code onClose}. The callbacks run on a new thread, as they may block.
	 */
	private static void callHandlers(EventLoop loop) {
		Thread thread = new Thread(loop.refused()::runHere, "ws-shutdown-handlers");
		thread.setDaemon(true);
		thread.start();
	}

	private static boolean timeIsLeft(long deadline) {
		return System.nanoTime() - deadline < 0;
	}

	/** Returns the milliseconds to the deadline, at least 1, as 0 would mean no limit. */
	private long millisLeft() {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime()));
	}

	/** Ends the loops first, and then the threads of handlers. */
	private void endThreads() throws InterruptedException {
		this.loops.forEach(EventLoop::stop);
		for (EventLoop loop : this.loops) {
			if (loop.join(millisLeft()) && !loop.refused().isEmpty()) {
				step(() -> callHandlers(loop));
			}
		}
		awaitHandlers();
		if (this.handlerThreads != null) {
			this.handlerThreads.shutdown();
			if (!this.handlerThreads.awaitTermination(millisLeft(), TimeUnit.MILLISECONDS)) {
				LOG.log(Level.WARNING, "handlers are still at work after the shutdown timeout", null);
			}
		}
	}

}
