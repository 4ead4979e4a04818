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
import io.wsboot.server.connection.ServerContext;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.session.EndpointSessions;
import org.jspecify.annotations.Nullable;

/**
 * Stops a server in order, on a thread of its own: 1001 to every session in batches,
 * while new clients are still told that they are refused, then no new connections, then
 * the threads. Measures real time whatever clock the server has, as the operating system
 * does when it loses its patience.
 */
final class Shutdown implements Runnable {

	private static final Log LOG = new Log();

	private static final long POLL_MILLIS = 5;

	private static final long LONGEST_RESERVE = TimeUnit.MILLISECONDS.toNanos(500);

	private final ServerContext server;

	private final WsSessions sessions;

	private final Acceptor acceptor;

	private final List<EventLoop> loops;

	private final @Nullable ExecutorService handlerThreads;

	private final CompletableFuture<Void> stopped;

	/** When all has to be over, a little before the timeout. */
	private long deadline;

	/** When what is left of sessions is dropped, so that the rest is in time too. */
	private long sessionDeadline;

	private boolean interrupted;

	Shutdown(ServerContext server, WsSessions sessions, Acceptor acceptor, List<EventLoop> loops,
			@Nullable ExecutorService handlerThreads, CompletableFuture<Void> stopped) {
		this.server = server;
		this.sessions = sessions;
		this.acceptor = acceptor;
		this.loops = loops;
		this.handlerThreads = handlerThreads;
		this.stopped = stopped;
		long timeout = server.options().shutdown().timeout().toNanos();
		long reserve = Math.min(timeout / 10, LONGEST_RESERVE);
		this.deadline = System.nanoTime() + timeout - reserve / 2; // whoever waits is
																	// told in time
		this.sessionDeadline = this.deadline - reserve / 2;
	}

	@Override
	public void run() {
		try {
			step(this::closeSessions);
			step(this::stopListening);
			step(this::closeSessions); // one whose handshake was under way
			step(this::dropConnections);
			step(this::endThreads);
		}
		finally {
			end();
		}
	}

	/** Part of a stop, which is made whatever became of the parts before. */
	@FunctionalInterface
	private interface Step {

		void take() throws InterruptedException;

	}

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
		this.acceptor.stop();
		this.acceptor.join(1000); // it gives the loops nothing after that
	}

	private void dropConnections() throws InterruptedException {
		awaitSockets(Math.min(this.sessionDeadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
		this.loops.forEach(EventLoop::dropConnections);
		awaitSockets(this.deadline);
	}

	/** Also if memory has been too short for any of the steps. */
	private void end() {
		try {
			this.acceptor.stop();
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

	private void closeSessions() throws InterruptedException {
		ShutdownOptions options = this.server.options().shutdown();
		// a handshake that was under way may still become a session, hence again until
		// there is none
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
	 * Peers close their half when they have read our Close frame, which takes them a
	 * moment.
	 */
	private void awaitSockets(long until) throws InterruptedException {
		while (this.server.capacity().sockets() > 0 && System.nanoTime() - until < 0) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	/** Handlers may be at work on an executor that is not ours to shut down. */
	private void awaitHandlers() throws InterruptedException {
		while (!this.server.handshakes().endpoints().all().stream().allMatch(EndpointSessions::isFinished)
				&& timeIsLeft(this.deadline)) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	/**
	 * Callbacks that the executor has refused to the end, {@code onClose} above all, are
	 * made on a thread of ours: not on this one, as they may block.
	 */
	private static void callHandlers(EventLoop loop) {
		Thread thread = new Thread(loop.refused()::runHere, "ws-shutdown-handlers");
		thread.setDaemon(true);
		thread.start();
	}

	private static boolean timeIsLeft(long deadline) {
		return System.nanoTime() - deadline < 0;
	}

	/** At least one, as 0 would stand for no end. */
	private long millisLeft() {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime()));
	}

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
