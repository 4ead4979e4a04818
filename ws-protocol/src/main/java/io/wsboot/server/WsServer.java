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
import io.wsboot.WsTopics;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.connection.Acceptor;
import io.wsboot.server.connection.HostedUpgrades;
import io.wsboot.server.connection.ServerContext;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.overload.InboundPressure;
import io.wsboot.server.overload.MemoryBudget;
import io.wsboot.server.session.SessionView;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.WsServerStats;
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
 * The server's acceptor thread keeps the program alive until the server is stopped. All
 * methods may be called from any thread.
 */
public final class WsServer implements AutoCloseable {

	private final ServerContext context;

	private final List<EventLoop> loops;

	private final @Nullable Acceptor acceptor;

	private final HostedUpgrades upgrades;

	private final WsSessions sessions;

	private final WsServerStats stats;

	private final TrafficLog trafficLog;

	/** The server's executor of handlers; null if the application brought its own. */
	private final @Nullable ExecutorService handlerThreads;

	/** Set by the first call of {@link #stop}. */
	private final AtomicBoolean stopping = new AtomicBoolean();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	WsServer(ServerContext context, List<EventLoop> loops, @Nullable Acceptor acceptor, WsServerStats stats,
			@Nullable ExecutorService handlerThreads) {
		this.context = context;
		this.loops = loops;
		this.acceptor = acceptor;
		this.handlerThreads = handlerThreads;
		this.sessions = SessionView.of(context.handshakes().endpoints(), context.sessions());
		this.stats = stats;
		this.trafficLog = new TrafficLog(this.sessions);
		this.upgrades = new HostedUpgrades(context, loops);
	}

	/**
	 * Returns a builder of servers.
	 * @return the builder
	 */
	public static WsServerBuilder builder() {
		return new WsServerBuilder();
	}

	/**
	 * Returns the TCP port that the server listens on.
	 * @return 1 to 65535; -1 if the server listens on a Unix-domain socket, or not at all
	 */
	public int port() {
		return (this.acceptor != null) ? this.acceptor.port() : -1;
	}

	/**
	 * Tells whether the server has a listener of its own.
	 * @return false if all sessions come from {@link #upgrades()}
	 */
	public boolean isListening() {
		return this.acceptor != null;
	}

	/**
	 * Returns the door for other servers that share their port with this server.
	 * @return the door, for as long as this server runs
	 */
	public Upgrades upgrades() {
		return this.upgrades;
	}

	/**
	 * Tells whether connections are encrypted.
	 * @return true for {@code wss}, false for {@code ws}
	 */
	public boolean isSecure() {
		return this.context.tls() != null;
	}

	/**
	 * Returns the options of the server.
	 * @return the options
	 */
	public WsServerOptions options() {
		return this.context.options();
	}

	/**
	 * Adds an endpoint to the running server.
	 * @param path the endpoint's path, such as {@code /chat/{room}}
	 * @param handler handles the endpoint's sessions
	 * @throws IllegalArgumentException if the path is malformed, or if another endpoint
	 * matches the same requests
	 */
	public void addHandler(String path, WsHandler handler) {
		addHandler(path, handler, EndpointOptions.DEFAULTS);
	}

	/**
	 * Adds an endpoint to the running server.
	 * @param path the endpoint's path, such as {@code /chat/{room}}
	 * @param handler handles the endpoint's sessions
	 * @param options the endpoint's options
	 * @throws IllegalArgumentException if the path is malformed, if another endpoint
	 * matches the same requests, or if the options contradict the server's options
	 */
	public void addHandler(String path, WsHandler handler, EndpointOptions options) {
		this.context.handshakes().endpoints().add(path, handler, options);
	}

	/**
	 * Removes an endpoint and closes its sessions with 1001. New handshakes are answered
	 * with 404. Another endpoint may be added with the same path at once.
	 * @param path the endpoint's path, as it was added
	 * @return whether there was such an endpoint
	 */
	public boolean removeHandler(String path) {
		return this.context.handshakes()
			.endpoints()
			.remove(path, CloseStatus.GOING_AWAY.withReason("endpoint removed"));
	}

	/**
	 * Removes an endpoint and lets its sessions continue. New handshakes are answered
	 * with 404.
	 * @param path the endpoint's path, as it was added
	 * @return whether there was such an endpoint
	 */
	public boolean retireHandler(String path) {
		return this.context.handshakes().endpoints().remove(path, null);
	}

	/**
	 * Returns the open sessions.
	 * @return a view of all open sessions
	 */
	public WsSessions sessions() {
		return this.sessions;
	}

	/**
	 * Returns the topics, to which sessions subscribe.
	 * @return all topics
	 */
	public WsTopics topics() {
		return this.context.sessions().topics();
	}

	/**
	 * Returns the server's counts.
	 * @return live counts
	 */
	public WsServerStats stats() {
		return this.stats;
	}

	/**
	 * Returns the log of single sessions' traffic.
	 * @return the log, which is off for all sessions at first
	 */
	public TrafficLog trafficLog() {
		return this.trafficLog;
	}

	/** Answers new handshakes with 503 from now on. Open sessions continue. */
	public void drain() {
		this.context.capacity().drain();
	}

	/**
	 * Stops the server for good. The server answers new handshakes with 503, closes all
	 * sessions with 1001 after their queued messages, in batches (see
	 * {@link ShutdownOptions}), and then stops listening. Sessions that are still open at
	 * the shutdown timeout are dropped. Further calls return the same stage and do
	 * nothing else.
	 * @return a stage that completes when {@code onClose} of all sessions has returned
	 * and all threads have ended
	 */
	public CompletionStage<Void> stop() {
		if (this.stopping.compareAndSet(false, true)) {
			drain();
			Shutdown shutdown = new Shutdown(this.context, this.sessions, this.acceptor, this.upgrades, this.loops,
					this.handlerThreads, this.stopped);
			try {
				new Thread(shutdown, "ws-shutdown").start();
			}
			catch (OutOfMemoryError ex) { // also thrown if no thread can be made
				shutdown.run();
			}
		}
		return this.stopped.minimalCompletionStage();
	}

	/**
	 * {@link #stop() Stops} the server and waits until the server has stopped, at most
	 * for the shutdown timeout.
	 */
	@Override
	public void close() {
		stop();
		this.stopped.join();
	}

	/** For tests that set the clock: makes the loops look at the clock. */
	void tick() {
		this.loops.forEach((loop) -> loop.execute(() -> {
			// a loop looks at the clock before it runs a task
		}));
	}

	/** For tests: the number of open sockets. */
	int sockets() {
		return this.context.capacity().sockets();
	}

	/** For tests: the number of open sockets without a session. */
	int unfinishedHandshakes() {
		return this.context.capacity().unfinishedHandshakes();
	}

	/** For tests: the budget of queued output. */
	MemoryBudget budget() {
		return this.context.shedding().budget();
	}

	/** For tests: the back pressure on input. */
	InboundPressure pressure() {
		return this.context.pressure();
	}

	/** For tests: the event loops. */
	List<EventLoop> loops() {
		return this.loops;
	}

}
