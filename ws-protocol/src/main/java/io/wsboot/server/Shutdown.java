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
 * Stops a server in order, on a thread of its own: no new connections, 1001 to every
 * session in batches, then the threads. Measures real time whatever clock the server has,
 * as the operating system does when it loses its patience.
 */
final class Shutdown implements Runnable {

	private static final System.Logger LOGGER = System.getLogger("io.wsboot.server");

	private static final long POLL_MILLIS = 5;

	private final ServerContext server;

	private final WsSessions sessions;

	private final List<Endpoint> endpoints;

	private final Acceptor acceptor;

	private final List<EventLoop> loops;

	private final @Nullable ExecutorService handlerThreads;

	private final CompletableFuture<Void> stopped;

	private final long deadline;

	Shutdown(ServerContext server, WsSessions sessions, List<Endpoint> endpoints, Acceptor acceptor,
			List<EventLoop> loops, @Nullable ExecutorService handlerThreads, CompletableFuture<Void> stopped) {
		this.server = server;
		this.sessions = sessions;
		this.endpoints = endpoints;
		this.acceptor = acceptor;
		this.loops = loops;
		this.handlerThreads = handlerThreads;
		this.stopped = stopped;
		this.deadline = System.nanoTime() + server.options().shutdown().timeout().toNanos();
	}

	@Override
	public void run() {
		try {
			this.acceptor.stop();
			this.acceptor.join(1000); // it gives the loops nothing after that
			closeSessions();
			this.loops.forEach(EventLoop::dropConnections);
			awaitSockets(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
			endThreads();
		}
		catch (InterruptedException ex) {
			LOGGER.log(Level.WARNING, "interrupted while stopping; what is left ends at once");
			Thread.currentThread().interrupt();
		}
		finally {
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
		while (this.sessions.stream().findAny().isPresent() && timeIsLeft()) {
			Iterator<WsSession> open = this.sessions.where(WsSession::isOpen).stream().iterator();
			while (open.hasNext() && timeIsLeft()) {
				for (int i = 0; i < options.batchSize() && open.hasNext(); i++) {
					open.next().close(CloseStatus.GOING_AWAY.withReason("server stops"));
				}
				if (open.hasNext()) {
					TimeUnit.NANOSECONDS.sleep(options.batchInterval().toNanos());
				}
			}
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
		awaitSockets(Math.min(this.deadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
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
		while (!this.endpoints.stream().allMatch(Endpoint::isFinished) && timeIsLeft()) {
			TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
		}
	}

	private boolean timeIsLeft() {
		return System.nanoTime() - this.deadline < 0;
	}

	private void endThreads() throws InterruptedException {
		this.loops.forEach(EventLoop::stop);
		for (EventLoop loop : this.loops) {
			loop.join(1000);
		}
		awaitHandlers();
		if (this.handlerThreads != null) {
			this.handlerThreads.shutdown();
			long left = Math.max(1000, TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime()));
			if (!this.handlerThreads.awaitTermination(left, TimeUnit.MILLISECONDS)) {
				LOGGER.log(Level.WARNING, "handlers are still at work after the shutdown timeout");
			}
		}
	}

}
