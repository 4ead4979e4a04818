package io.wsboot.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.upgrade.Host;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with one event loop and a clock that stands still, with the handler under test
 * at {@code /} (on workers) and {@code /loop} (on the event loop), and an echo at
 * {@code /echo}. Closes its clients and checks that nothing is left behind.
 */
public final class RunningServer implements AutoCloseable {

	static final EndpointOptions ON_LOOP = EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP);

	final ManualClock clock = new ManualClock();

	public final WsServer server;

	private final List<RawClient> clients = new ArrayList<>();

	private final Connector connector;

	/** The server that shares its port; null if there is none. */
	private final @Nullable Host host;

	public RunningServer(WsHandler handler) {
		this(handler, (options) -> {
		});
	}

	public RunningServer(WsHandler handler, Consumer<WsServerOptionsBuilder> options) {
		this(handler, options, (builder) -> {
		});
	}

	public RunningServer(WsHandler handler, Consumer<WsServerOptionsBuilder> options,
			Consumer<WsServerBuilder> builder) {
		this(handler, options, builder, RawClient::connect);
	}

	RunningServer(WsHandler handler, Consumer<WsServerOptionsBuilder> options, Consumer<WsServerBuilder> builder,
			Connector connector) {
		this(handler, options, builder, connector, (server) -> null);
	}

	/**
	 * A server that clients may reach through the port of another server.
	 * @param host makes the other server; null if there is none
	 */
	RunningServer(WsHandler handler, Consumer<WsServerOptionsBuilder> options, Consumer<WsServerBuilder> builder,
			Connector connector, Function<WsServer, @Nullable Host> host) {
		this.connector = connector;
		WsServerBuilder all = WsServer.builder()
			.port(0)
			.options((some) -> some.address(InetAddress.getLoopbackAddress())
				.eventLoops(1)
				.shutdown(new ShutdownOptions(500, Duration.ZERO, Duration.ofSeconds(5))))
			.options(options)
			.clock(this.clock)
			.handler("/", handler)
			.handler("/loop", handler, ON_LOOP)
			.handler("/echo", new Echo(), ON_LOOP);
		builder.accept(all);
		this.server = all.start();
		this.clock.drive(this.server);
		this.host = host.apply(this.server);
	}

	public int port() {
		return (this.host != null) ? this.host.port() : this.server.port();
	}

	/** How clients connect. */
	@FunctionalInterface
	interface Connector {

		/** With a receive buffer of zero its size is left to the operating system. */
		RawClient connect(int port, int receiveBuffer);

	}

	/** Not shaken hands with. */
	public RawClient connect() {
		return tracked(this.connector.connect(port(), 0));
	}

	public RawClient open(String path) {
		return connect().handshake(path);
	}

	/** With little memory for what the client does not read. */
	public RawClient openWithSmallWindow(String path) {
		return tracked(this.connector.connect(port(), 4096)).handshake(path);
	}

	private RawClient tracked(RawClient client) {
		this.clients.add(client);
		return client;
	}

	/**
	 * Waits until the loop has been through a round that began after this call: the first
	 * echo comes out of such a round, the second from a later one.
	 */
	public void settle() {
		RawClient canary = this.connector.connect(port(), 0).handshake("/echo");
		canary.expectEcho("one");
		canary.expectEcho("two");
		int port = canary.localPort();
		canary.reset();
		WsSessions its = this.server.sessions()
			.at("/echo")
			.where((session) -> Objects.requireNonNull(session.handshake().remoteAddress()).getPort() == port);
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> its.count() == 0);
		onLoop(() -> null);
	}

	/** Waits until the loop has looked at all sockets once more. */
	public void pass() {
		onLoop(() -> null); // the round that it comes out of may have looked before
		onLoop(() -> null);
	}

	/** What a task that the loop runs has to say. */
	public <T> T onLoop(Supplier<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.server.loops().get(0).execute(() -> result.completeAsync(task, Runnable::run));
		return result.orTimeout(10, TimeUnit.SECONDS).join();
	}

	/**
	 * Lets time pass, after what came before has happened, and lets what is due happen.
	 */
	public void advance(Duration time) {
		settle();
		this.clock.advance(time);
		pass(); // else a connection may be accepted in a round that still has the old
				// time
		settle();
	}

	/** Lets time pass, and what is due happen, without a client. */
	public void elapse(Duration time) {
		this.clock.advance(time);
		pass();
	}

	/** Everything that clients cost is given back once they are gone. */
	public void expectNothingLeft() {
		expectNothingLeft(0);
	}

	/** How many sockets are open. */
	public int sockets() {
		return this.server.sockets();
	}

	public List<EventLoop> loops() {
		return this.server.loops();
	}

	/** Everything but what so many idle sessions cost. */
	void expectNothingLeft(int sessions) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(this.server.sessions().count()).as("sessions").isEqualTo(sessions);
			assertThat(this.server.sockets()).as("sockets").isEqualTo(sessions);
			assertThat(onLoop(this.server.loops().get(0).timers()::size)).as("timers").isEqualTo(sessions);
		});
	}

	@Override
	public void close() {
		this.clients.forEach(RawClient::close);
		this.server.close();
		if (this.host != null) {
			this.host.close();
		}
	}

	/** Sends back what it gets. */
	static final class Echo implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	}

}
