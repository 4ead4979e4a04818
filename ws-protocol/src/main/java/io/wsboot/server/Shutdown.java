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
import org.jspecify.annotations.Nullable;

/**
 * Stops a server in order, on a thread of its own: 1001 to every session in batches,
 * while new clients are still told that they are refused, then no new connections, then
 * the threads. Measures real time whatever clock the server has, as the operating system
 * does when it loses its patience.
 */
final class Shutdown implements Runnable {

	private static final System.Logger LOGGER = System.getLogger("io.wsboot.server");

	private static final long POLL_MILLIS = 5;

	private static final long LONGEST_RESERVE = TimeUnit.MILLISECONDS.toNanos(500);

	private final ServerContext server;

	private final WsSessions sessions;

	private final List<Endpoint> endpoints;

	private final Acceptor acceptor;

	private final List<EventLoop> loops;

	private final @Nullable ExecutorService handlerThreads;

	private final CompletableFuture<Void> stopped;

	/** When all has to be over, a little before the timeout. */
	private final long deadline;

	/** When what is left of sessions is dropped, so that the rest is in time too. */
	private final long sessionDeadline;

	Shutdown(ServerContext server, WsSessions sessions, List<Endpoint> endpoints, Acceptor acceptor,
			List<EventLoop> loops, @Nullable ExecutorService handlerThreads, CompletableFuture<Void> stopped) {
		this.server = server;
		this.sessions = sessions;
		this.endpoints = endpoints;
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
			closeSessions();
			this.acceptor.stop();
			this.acceptor.join(1000); // it gives the loops nothing after that
			closeSessions(); // one whose handshake was under way
			awaitSockets(Math.min(this.sessionDeadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
			this.loops.forEach(EventLoop::dropConnections);
			awaitSockets(this.deadline);
			endThreads();
		}
		catch (InterruptedException ex) {
			LOGGER.log(Level.WARNING, "interrupted while stopping; what is left ends at once");
			Thread.currentThread().interrupt();
		}
		finally {
			this.acceptor.stop();
			this.loops.forEach(EventLoop::stop);
			if (this.handlerThreads != null) {
				this.handlerThreads.shutdown();
			}
			this.server.tlsThreads().shutdown();
			this.server.compressors().end();
			this.stopped.complete(null);
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
					open.next().close(CloseStatus.GOING_AWAY.withReason("server stops"));
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
		while (!this.endpoints.stream().allMatch(Endpoint::isFinished) && timeIsLeft(this.deadline)) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
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
			loop.join(millisLeft());
		}
		awaitHandlers();
		if (this.handlerThreads != null) {
			this.handlerThreads.shutdown();
			if (!this.handlerThreads.awaitTermination(millisLeft(), TimeUnit.MILLISECONDS)) {
				LOGGER.log(Level.WARNING, "handlers are still at work after the shutdown timeout");
			}
		}
	}

}
