package io.wsboot.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;

/**
 * A server with one event loop, so that every peer can get in every other one's way, and
 * a clock that stands still; what it holds can be counted. For tests of other packages.
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

	private final ManualClock clock = new ManualClock();

	private final WsServer server;

	private WatchedServer(WsServerBuilder builder) {
		this.server = builder.clock(this.clock).start();
		this.clock.drive(this.server);
	}

	/**
	 * An echo.
	 * @param execution where its handler runs
	 * @param options more options
	 * @param paths its paths
	 * @return the server
	 */
	public static WatchedServer echo(Execution execution, Consumer<WsServerOptionsBuilder> options, String... paths) {
		WsServerBuilder builder = WsServer.builder()
			.port(0)
			.options((some) -> some.address(InetAddress.getLoopbackAddress()).eventLoops(1))
			.options(options);
		for (String path : paths) {
			builder.handler(path, ECHO,
					EndpointOptions.DEFAULTS.withExecution(execution).withSubprotocols("chat", "superchat"));
		}
		return new WatchedServer(builder);
	}

	public int port() {
		return this.server.port();
	}

	/** Lets time pass, and what is due happen. */
	public void advance(Duration time) {
		this.clock.advance(time.plus(ManualClock.TICK));
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

	@Override
	public void close() {
		this.server.close();
	}

}
