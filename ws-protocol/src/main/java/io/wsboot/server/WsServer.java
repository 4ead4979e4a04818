package io.wsboot.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;
import io.wsboot.WsSessions;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server (RFC 6455) that listens from the moment that
 * {@link WsServerBuilder#start} returns.
 *
 * <pre>
 * WsServer server = WsServer.builder().port(8090).handler("/echo", new WsHandler() {
 *
 * 	&#64;Override
 * 	public void onText(WsSession session, String text) {
 * 		session.send(text);
 * 	}
 *
 * }).start();
 * </pre>
 *
 * Its acceptor thread keeps the program alive until the server is stopped. Every method
 * may be called from any thread.
 */
public final class WsServer implements AutoCloseable {

	private final ServerContext context;

	private final List<EventLoop> loops;

	private final Acceptor acceptor;

	private final WsSessions sessions;

	private final WsServerStats stats;

	private final TrafficLog trafficLog;

	/** Null if the application brought its own. */
	private final @Nullable ExecutorService handlerThreads;

	private final AtomicBoolean stopping = new AtomicBoolean();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	WsServer(ServerContext context, List<EventLoop> loops, Acceptor acceptor, WsServerStats stats,
			@Nullable ExecutorService handlerThreads) {
		this.context = context;
		this.loops = loops;
		this.acceptor = acceptor;
		this.handlerThreads = handlerThreads;
		this.sessions = SessionView.of(context.handshakes().endpoints(), context.sessions());
		this.stats = stats;
		this.trafficLog = new TrafficLog(this.sessions);
	}

	/**
	 * A builder of servers.
	 * @return a builder
	 */
	public static WsServerBuilder builder() {
		return new WsServerBuilder();
	}

	/**
	 * The TCP port that the server listens on.
	 * @return 1 to 65535; -1 if it listens on a Unix-domain socket
	 */
	public int port() {
		return this.acceptor.port();
	}

	/**
	 * Whether connections are encrypted.
	 * @return true for {@code wss}, false for {@code ws}
	 */
	public boolean isSecure() {
		return this.context.tls() != null;
	}

	/**
	 * The options in force.
	 * @return the options
	 */
	public WsServerOptions options() {
		return this.context.options();
	}

	/**
	 * Adds an endpoint while the server runs.
	 * @param path its path, such as {@code /chat/{room}}
	 * @param handler serves its sessions
	 * @throws IllegalArgumentException if the path is malformed, or another endpoint
	 * matches the same requests
	 */
	public void addHandler(String path, WsHandler handler) {
		addHandler(path, handler, EndpointOptions.DEFAULTS);
	}

	/**
	 * Adds an endpoint while the server runs.
	 * @param path its path, such as {@code /chat/{room}}
	 * @param handler serves its sessions
	 * @param options what it does its own way
	 * @throws IllegalArgumentException if the path is malformed, another endpoint matches
	 * the same requests, or the options make no sense beside those of the server
	 */
	public void addHandler(String path, WsHandler handler, EndpointOptions options) {
		this.context.handshakes().endpoints().add(path, handler, options);
	}

	/**
	 * Removes an endpoint: new handshakes are answered with 404, and its sessions are
	 * closed with 1001. Another one may be added at the same path at once.
	 * @param path its path, as it was added
	 * @return whether there was one
	 */
	public boolean removeHandler(String path) {
		return this.context.handshakes()
			.endpoints()
			.remove(path, CloseStatus.GOING_AWAY.withReason("endpoint removed"));
	}

	/**
	 * Removes an endpoint and lets its sessions go on: only new handshakes are answered
	 * with 404.
	 * @param path its path, as it was added
	 * @return whether there was one
	 */
	public boolean retireHandler(String path) {
		return this.context.handshakes().endpoints().remove(path, null);
	}

	/**
	 * The open sessions.
	 * @return a view of all of them
	 */
	public WsSessions sessions() {
		return this.sessions;
	}

	/**
	 * What the server has counted.
	 * @return live counts
	 */
	public WsServerStats stats() {
		return this.stats;
	}

	/**
	 * Logs what goes to and fro in single sessions.
	 * @return the log, which is off for all sessions at first
	 */
	public TrafficLog trafficLog() {
		return this.trafficLog;
	}

	/**
	 * Answers new handshakes with 503 from now on; open sessions go on.
	 */
	public void drain() {
		this.context.capacity().drain();
	}

	/**
	 * Stops for good: answers new handshakes with 503, closes every session with 1001
	 * behind what it has queued, in batches (see {@link ShutdownOptions}), and then stops
	 * listening. What is left at the timeout is dropped. Further calls only return the
	 * same stage.
	 * @return completes when all sessions have had their {@code onClose} and all threads
	 * have ended
	 */
	public CompletionStage<Void> stop() {
		if (this.stopping.compareAndSet(false, true)) {
			drain();
			Shutdown shutdown = new Shutdown(this.context, this.sessions, this.acceptor, this.loops,
					this.handlerThreads, this.stopped);
			try {
				new Thread(shutdown, "ws-shutdown").start();
			}
			catch (OutOfMemoryError ex) { // also where there may be no more threads
				shutdown.run();
			}
		}
		return this.stopped.minimalCompletionStage();
	}

	/**
	 * {@link #stop() Stops} and waits for it, for as long as the shutdown timeout at
	 * most.
	 */
	@Override
	public void close() {
		stop();
		this.stopped.join();
	}

	/** Makes the loops look at the clock, for tests that have one of their own. */
	void tick() {
		this.loops.forEach((loop) -> loop.execute(() -> {
			// a loop that has a task does not sleep, and has looked at the clock before
		}));
	}

	/** For tests: sockets that are open. */
	int sockets() {
		return this.context.capacity().sockets();
	}

	/** For tests: those of them that have not become sessions. */
	int unfinishedHandshakes() {
		return this.context.capacity().unfinishedHandshakes();
	}

	/** For tests. */
	MemoryBudget budget() {
		return this.context.shedding().budget();
	}

	/** For tests. */
	InboundPressure pressure() {
		return this.context.pressure();
	}

	/** For tests. */
	List<EventLoop> loops() {
		return this.loops;
	}

}
