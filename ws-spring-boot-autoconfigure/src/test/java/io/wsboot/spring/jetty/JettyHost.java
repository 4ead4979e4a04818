package io.wsboot.spring.jetty;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import com.sun.management.UnixOperatingSystemMXBean;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.TestCertificate;
import io.wsboot.server.TlsClient;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An embedded Jetty whose servlet has requests for {@code /ws/...} judged by a server of
 * ours, and hands their connections over. Everything that either of them holds can be
 * counted.
 */
final class JettyHost implements AutoCloseable {

	private static final TestCertificate CERTIFICATE = TestCertificate.of("jetty");

	static final SSLContext TRUSTING = TestCertificate.onlyTrusting(CERTIFICATE);

	static final int MEGABYTES_16 = 16 * 1024 * 1024;

	static final EndpointOptions ON_LOOP = EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP);

	final WsServer engine;

	final Server jetty;

	final ServerConnector connector;

	final ConnectionStatistics statistics = new ConnectionStatistics();

	final NetworkConnectionLimit limit;

	private final WatchedServer watched;

	private final Way way;

	/** The last judgement that the servlet has got. */
	final AtomicReference<Upgrade> judged = new AtomicReference<>();

	/** The group of the thread that has had the last request judged. */
	private final AtomicReference<String> judgedBy = new AtomicReference<>("");

	private final AtomicInteger handedOver = new AtomicInteger();

	/** Run once, behind a hand-over. */
	private final AtomicReference<@Nullable Runnable> behindHandOver = new AtomicReference<>();

	private JettyHost(Builder builder) {
		this.way = builder.way;
		this.engine = WsServer.builder()
			.withoutListener()
			.options((options) -> options.eventLoops(1)
				.maxConnections(10_000)
				.maxFrameSize(MEGABYTES_16)
				.maxMessageSize(MEGABYTES_16)
				.outbound(OutboundOptions.DEFAULTS.withMaxQueued(2 * MEGABYTES_16))
				.handshake(new HandshakeOptions(Duration.ofSeconds(60), 8192, 8192, 100))
				.shutdown(new ShutdownOptions(500, Duration.ZERO, builder.grace)))
			.options(builder.options)
			.handler("/echo", new Echo(), ON_LOOP)
			.handler("/", builder.handler, ON_LOOP)
			.start();
		this.watched = WatchedServer.of(this.engine, this.engine);
		this.jetty = new Server(builder.threads, null, builder.buffers);
		this.connector = builder.connector(this.jetty);
		this.connector.setShutdownIdleTimeout(100);
		this.connector.addBean(this.statistics);
		this.jetty.addConnector(this.connector);
		this.limit = new NetworkConnectionLimit(10_000, this.jetty);
		this.jetty.addBean(this.limit);
		ServletContextHandler context = new ServletContextHandler();
		context.addServlet(new ServletHolder(new Upgrading(builder.way.takesOver())), "/ws/*");
		context.addServlet(new ServletHolder(new Hello()), "/hello");
		builder.filters.forEach((filter) -> context.addFilter(new FilterHolder(filter), "/*", null));
		this.jetty.setHandler(context);
		JettyConnectors.prepare(this.jetty);
		try {
			this.jetty.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static JettyHost start(Way way) {
		return new Builder(way).start();
	}

	/** A client that is connected, and has shaken hands if there is TLS. */
	RawClient client() {
		return this.way.isSecure() ? tlsClient().shakeHands().raw() : RawClient.connect(port());
	}

	/** A client whose handshake has been answered with 101. */
	RawClient open(String path) {
		return client().handshake("/ws" + path);
	}

	/** A client that has not shaken hands. */
	TlsClient tlsClient() {
		return TlsClient.connect(port(), TRUSTING.createSSLEngine("localhost", port()));
	}

	int port() {
		return this.connector.getLocalPort();
	}

	/** What carries the only session. */
	Carrier carrier() {
		WsSession only = this.engine.sessions().stream().findFirst().orElseThrow();
		return SessionStats.of(only).carrier();
	}

	/** What Jetty holds. */
	Counts counts() {
		return new Counts(this.connector.getConnectedEndPoints().size(),
				this.connector.getSelectorManager().getTotalKeys(), this.statistics.getConnections(),
				this.limit.getNetworkConnectionCount() + this.limit.getPendingNetworkConnectionCount());
	}

	/** What Jetty holds when there is no connection. */
	Counts idle() {
		return new Counts(0, 0, 0, 0);
	}

	/**
	 * Whether a virtual thread has had the last request judged. Virtual threads have a
	 * group of their own.
	 */
	boolean judgedByVirtualThread() {
		return this.judgedBy.get().equals("VirtualThreads");
	}

	/** How many connections have been handed over. */
	int handedOver() {
		return this.handedOver.get();
	}

	/**
	 * Lets the selectors of Jetty's sleep behind the next hand-over, until the latch is
	 * counted down.
	 */
	CountDownLatch sleepBehindHandOver() {
		CountDownLatch awake = new CountDownLatch(1);
		this.behindHandOver.set(() -> this.connector.getSelectorManager()
			.getBeans(ManagedSelector.class)
			.forEach((selector) -> selector.submit((keys) -> await(awake))));
		return awake;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What the engine holds. */
	WatchedServer.Holdings holdings() {
		return this.watched.holdings();
	}

	/** Waits until Jetty holds this. */
	void expect(Counts counts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(counts()).isEqualTo(counts));
	}

	/** Waits until Jetty holds this, and the engine holds nothing. */
	void expectNothingBut(Counts counts) {
		expect(counts);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(holdings()).isEqualTo(new WatchedServer.Holdings(0, 0, 0, 0)));
	}

	long fileDescriptors() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

	void stopJetty() {
		try {
			this.jetty.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			stopJetty();
		}
		finally {
			this.watched.close();
		}
	}

	/**
	 * Counts of Jetty's.
	 *
	 * @param endPoints connected end points
	 * @param keys keys of all selectors
	 * @param connections the connections that listeners have been told of
	 * @param limited the connections that count against a limit
	 */
	record Counts(int endPoints, int keys, long connections, int limited) {

		/** With one more end point, whose TLS is a connection too. */
		Counts and(int moreConnections) {
			return new Counts(this.endPoints + 1, this.keys + 1, this.connections + moreConnections, this.limited + 1);
		}

	}

	/** How a connection is handed over. */
	enum Way {

		SOCKET, WIRE, TLS_SOCKET, TLS_WIRE;

		boolean takesOver() {
			return this == SOCKET || this == TLS_SOCKET;
		}

		boolean isSecure() {
			return this == TLS_SOCKET || this == TLS_WIRE;
		}

		Carrier carrier() {
			return takesOver() ? Carrier.SOCKET : Carrier.WIRE;
		}

	}

	/** How a host is to be. */
	static final class Builder {

		private final Way way;

		private boolean http2;

		private final List<Filter> filters = new ArrayList<>();

		private QueuedThreadPool threads = new QueuedThreadPool(32);

		private WsHandler handler = new Echo();

		private long idleTimeout = 30_000;

		private Duration grace = Duration.ofSeconds(5);

		private Consumer<WsServerOptionsBuilder> options = (options) -> {
		};

		/** Null for those that Jetty makes by itself. */
		private @Nullable ByteBufferPool buffers;

		Builder(Way way) {
			this.way = way;
		}

		Builder http2() {
			this.http2 = true;
			return this;
		}

		Builder filter(Filter filter) {
			this.filters.add(filter);
			return this;
		}

		Builder threads(QueuedThreadPool threads) {
			this.threads = threads;
			return this;
		}

		Builder handler(WsHandler handler) {
			this.handler = handler;
			return this;
		}

		Builder options(Consumer<WsServerOptionsBuilder> options) {
			this.options = options;
			return this;
		}

		/** The buffers that Jetty's connections borrow. */
		Builder buffers(ByteBufferPool buffers) {
			this.buffers = buffers;
			return this;
		}

		Builder idleTimeout(long millis) {
			this.idleTimeout = millis;
			return this;
		}

		/** How long a stop of the server's waits for clients. */
		Builder grace(Duration grace) {
			this.grace = grace;
			return this;
		}

		JettyHost start() {
			return new JettyHost(this);
		}

		private ServerConnector connector(Server jetty) {
			ServerConnector connector = new ServerConnector(jetty, 1, 2, factories());
			connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
			connector.setIdleTimeout(this.idleTimeout);
			return connector;
		}

		private ConnectionFactory[] factories() {
			HttpConfiguration configuration = new HttpConfiguration();
			HttpConnectionFactory http = new HttpConnectionFactory(configuration);
			if (!this.way.isSecure()) {
				return this.http2 ? new ConnectionFactory[] { http, new HTTP2CServerConnectionFactory(configuration) }
						: new ConnectionFactory[] { http };
			}
			configuration.addCustomizer(new SecureRequestCustomizer(false));
			SslContextFactory.Server contexts = new SslContextFactory.Server();
			contexts.setSslContext(CERTIFICATE.trusting());
			if (!this.http2) {
				return new ConnectionFactory[] { new SslConnectionFactory(contexts, http.getProtocol()), http };
			}
			ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
			alpn.setDefaultProtocol(http.getProtocol());
			return new ConnectionFactory[] { new SslConnectionFactory(contexts, alpn.getProtocol()), alpn,
					new HTTP2ServerConnectionFactory(configuration), http };
		}

	}

	/** Has requests judged. */
	private final class Upgrading extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final transient JettyHandOver handOver;

		Upgrading(boolean takeOver) {
			this.handOver = new JettyHandOver(takeOver);
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			List<Headers.Field> fields = new ArrayList<>();
			for (String name : Collections.list(request.getHeaderNames())) {
				for (String value : Collections.list(request.getHeaders(name))) {
					fields.add(new Headers.Field(name, value));
				}
			}
			HandshakeRequest handshake = new HandshakeRequest(request.getPathInfo(), request.getQueryString(),
					Headers.of(fields), Map.of(),
					new InetSocketAddress(request.getRemoteAddr(), request.getRemotePort()));
			Upgrade upgrade = JettyHost.this.engine.upgrades()
				.judge(new UpgradeRequest(request.getMethod(), request.getProtocol(), handshake, null, null, null,
						Map.of()))
				.toCompletableFuture()
				.join();
			JettyHost.this.judged.set(upgrade);
			JettyHost.this.judgedBy.set(Thread.currentThread().getThreadGroup().getName());
			if (upgrade.isAccepted()) {
				try {
					this.handOver.accept(upgrade, request, response);
					JettyHost.this.handedOver.incrementAndGet();
				}
				catch (ServletException | RuntimeException ex) {
					upgrade.abandon();
					throw ex;
				}
				Runnable more = JettyHost.this.behindHandOver.getAndSet(null);
				if (more != null) {
					more.run();
				}
			}
			else {
				upgrade.headers().fields().forEach((field) -> response.addHeader(field.name(), field.value()));
				response.setStatus(upgrade.status());
			}
		}

	}

	/** Answers plain requests. */
	private static final class Hello extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setContentLength(5);
			response.getWriter().write("hello");
		}

	}

	/** Sends back what it gets. */
	private static final class Echo implements WsHandler {

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
