package io.wsboot.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.spi.Upgrades;
import org.jspecify.annotations.Nullable;

/**
 * A server with one event loop, so that every peer can get in every other one's way, and
 * mostly a clock that stands still; what it holds can be counted. For tests of other
 * packages.
 */
public final class WatchedServer implements AutoCloseable {

	private static final WsHandler ECHO = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	};

	private final WsServer server;

	/** What is closed at the end. */
	private final AutoCloseable whole;

	/** Null if time goes on by itself. */
	private final @Nullable ManualClock clock;

	/** The port that clients use. */
	private final int port;

	/** Counts the connections of another server whose port is shared. */
	private final LongSupplier hosted;

	private WatchedServer(WsServer server, AutoCloseable whole, @Nullable ManualClock clock, int port,
			LongSupplier hosted) {
		this.server = server;
		this.whole = whole;
		this.clock = clock;
		this.port = port;
		this.hosted = hosted;
	}

	/**
	 * An echo.
	 * @param execution where its handler runs
	 * @param options more options
	 * @param more more than options
	 * @param paths its paths
	 * @return the server
	 */
	public static WatchedServer echo(Execution execution, Consumer<WsServerOptionsBuilder> options,
			Consumer<WsServerBuilder> more, String... paths) {
		ManualClock clock = new ManualClock();
		WsServerBuilder builder = WsServer.builder()
			.port(0)
			.options((some) -> some.address(InetAddress.getLoopbackAddress()).eventLoops(1))
			.options(options)
			.clock(clock);
		more.accept(builder);
		for (String path : paths) {
			builder.handler(path, ECHO,
					EndpointOptions.DEFAULTS.withExecution(execution).withSubprotocols("chat", "superchat"));
		}
		WsServer server = builder.start();
		clock.drive(server);
		return new WatchedServer(server, server, clock, server.port(), () -> 0);
	}

	/**
	 * One that runs already, with one event loop, and for which time goes on by itself.
	 * @param server the server
	 * @param whole what ends with it
	 * @return the server
	 */
	public static WatchedServer of(WsServer server, AutoCloseable whole) {
		return new WatchedServer(server, whole, null, server.port(), () -> 0);
	}

	/**
	 * The same server, for clients of another server that shares its port.
	 * @param port the other server's port
	 * @param host the other server, which ends after this one
	 * @return the server
	 */
	public WatchedServer behind(int port, AutoCloseable host) {
		return behind(port, host, () -> 0);
	}

	/**
	 * The same server, for clients of another server that shares its port and counts
	 * connections.
	 * @param port the other server's port
	 * @param host the other server, which ends after this one
	 * @param connections counts the connections that the other server knows
	 * @return the server
	 */
	public WatchedServer behind(int port, AutoCloseable host, LongSupplier connections) {
		return new WatchedServer(this.server, () -> {
			this.whole.close();
			host.close();
		}, this.clock, port, connections);
	}

	/** How many connections another server counts whose port is shared. */
	public long hosted() {
		return this.hosted.getAsLong();
	}

	/** The door for other servers. */
	public Upgrades upgrades() {
		return this.server.upgrades();
	}

	public int port() {
		return this.port;
	}

	/** Whether time stands still until {@link #advance}. */
	public boolean hasItsOwnTime() {
		return this.clock != null;
	}

	/** Lets time pass, and what is due happen. */
	public void advance(Duration time) {
		Objects.requireNonNull(this.clock).advance(time.plus(ManualClock.TICK));
		holdings();
		holdings(); // the round before has looked at the clock and fired the timers
	}

	/**
	 * What a server holds.
	 *
	 * @param sessions open sessions
	 * @param sockets open sockets
	 * @param timers timers that are set
	 * @param queuedBytes bytes that wait for slow peers
	 */
	public record Holdings(long sessions, int sockets, int timers, long queuedBytes) {
	}

	/** What it holds at the end of a round of its loop. */
	public Holdings holdings() {
		EventLoop loop = this.server.loops().get(0);
		CompletableFuture<Holdings> holdings = new CompletableFuture<>();
		loop.execute(() -> holdings.complete(new Holdings(this.server.sessions().count(), this.server.sockets(),
				loop.timers().size(), this.server.stats().queuedBytes())));
		return holdings.orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** Closes all sessions. */
	public void closeSessions(CloseStatus status) {
		this.server.sessions().stream().forEach((session) -> session.close(status));
	}

	@Override
	public void close() {
		try {
			this.whole.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
