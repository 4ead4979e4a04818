package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.spring.autoconfigure.TestCertificate;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.AccessLog;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.awaitility.core.ConditionFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A Tomcat with one servlet that has upgrades judged by a server without a listener, and
 * says hello to all other requests.
 */
final class SharedTomcat implements AutoCloseable {

	static final TestCertificate CERTIFICATE = TestCertificate.of("tomcat.test");

	static final SSLContext CLIENT_TLS = TestCertificate.onlyTrusting(CERTIFICATE);

	/** Tomcat tells each start and stop, and what it would look for if it might. */
	private static final Logger TOMCAT = Logger.getLogger("org.apache");

	static {
		TOMCAT.setLevel(Level.WARNING);
	}

	final Way way;

	final WsServer engine;

	final Tomcat tomcat = new Tomcat();

	final Context context;

	final Connector connector;

	/** What the sessions' handler has seen. */
	final List<String> seen = new CopyOnWriteArrayList<>();

	/** What {@link TomcatHandOver#accept} has thrown. */
	final List<Exception> failures = new CopyOnWriteArrayList<>();

	final TomcatHandOver handOver;

	/** Runs between the judgement and the hand-over. */
	volatile Consumer<HttpServletRequest> judged = (request) -> {
	};

	/** Runs when Tomcat writes a line of its access log: behind the 101. */
	volatile Consumer<Response> logged = (response) -> {
	};

	private final Path directory;

	@SuppressWarnings("deprecation") // since Tomcat 11.0.27, of a method that has no
										// successor in 11.0.22
	private SharedTomcat(Way way, Setup setup) {
		this.way = way;
		this.engine = WsServer.builder()
			.withoutListener()
			.options((options) -> options.eventLoops(2))
			.options(setup.options)
			.handler("/echo", new Echo(), EndpointOptions.DEFAULTS)
			.handler("/async", new Echo(), EndpointOptions.DEFAULTS)
			.handler("/forced", new Echo(), EndpointOptions.DEFAULTS)
			.start();
		this.handOver = new TomcatHandOver(way.takeOver, setup.patience);
		this.handOver.wires().of(this.tomcat.getService());
		try {
			this.directory = Files.createTempDirectory("tomcat");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.tomcat.setBaseDir(this.directory.toString());
		this.connector = new Connector(way.protocol);
		this.connector.setPort(0);
		this.connector.setProperty("address", "127.0.0.1");
		this.connector.setProperty("maxThreads", "8");
		this.connector.setProperty("selectorTimeout", "20"); // so that keys go soon
		if (way.tls) {
			encrypt();
		}
		setup.connector.accept(this.connector);
		this.tomcat.setConnector(this.connector);
		this.context = this.tomcat.addContext(setup.contextPath, this.directory.toString());
		Tomcat.addServlet(this.context, "all", new Servlet()).setAsyncSupported(true);
		this.context.addServletMappingDecoded("/*", "all");
		this.context.getPipeline().addValve(new Log());
		StandardContext own = (StandardContext) this.context;
		own.setClearReferencesRmiTargets(false);
		own.setClearReferencesThreadLocals(false);
		setup.context.accept(this.context);
		try {
			this.tomcat.start();
			// the acceptor counts the connection for which it waits
			await().until(() -> endpoint().getConnectionCount() != 0);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static SharedTomcat start(Way way) {
		return new Setup().start(way);
	}

	private void encrypt() {
		try {
			SSLHostConfig host = new SSLHostConfig();
			SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host,
					SSLHostConfigCertificate.Type.UNDEFINED);
			certificate.setCertificateFile(
					Files.writeString(this.directory.resolve("certificate.pem"), CERTIFICATE.certificatePem())
						.toString());
			certificate.setCertificateKeyFile(
					Files.writeString(this.directory.resolve("key.pem"), CERTIFICATE.keyPem()).toString());
			host.addCertificate(certificate);
			this.connector.addSslHostConfig(host);
			this.connector.setScheme("https");
			this.connector.setSecure(true);
			this.connector.setProperty("SSLEnabled", "true");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.connector.getLocalPort();
	}

	AbstractEndpoint<?, ?> endpoint() {
		return requireNonNull((AbstractEndpoint<?, ?>) ReflectionTestUtils
			.invokeMethod((AbstractProtocol<?>) this.connector.getProtocolHandler(), "getEndpoint"));
	}

	Selector selector() {
		return requireNonNull(
				(Poller) ReflectionTestUtils.invokeMethod((NioEndpoint) endpoint(), NioEndpoint.class, "getPoller"))
			.getSelector();
	}

	/** What Tomcat keeps: connections counted, connections known, keys of the poller. */
	List<Long> kept() {
		long keys = (endpoint() instanceof NioEndpoint) ? selector().keys().size() : 0;
		return List.of(endpoint().getConnectionCount(), (long) endpoint().getConnections().size(), keys);
	}

	/** Waits until Tomcat keeps what it has kept before. */
	void expectKept(List<Long> before) {
		eventually().untilAsserted(() -> assertThat(kept()).isEqualTo(before));
	}

	/** Waits until the engine has as many sessions. */
	void expectSessions(int count) {
		eventually().untilAsserted(
				() -> assertThat(this.engine.stats().endpoints().stream().mapToLong(EndpointStats::connections).sum())
					.isEqualTo(count));
	}

	/** Stops Tomcat, or a part of it, on a thread of its own. */
	static Thread stop(Lifecycle part) {
		Thread thread = new Thread(() -> {
			try {
				part.stop();
			}
			catch (LifecycleException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.start();
		return thread;
	}

	/** The only session. */
	WsSession session() {
		expectSessions(1);
		return this.engine.sessions().stream().findFirst().orElseThrow();
	}

	static ConditionFactory eventually() {
		return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
	}

	void expectSeen(String what) {
		eventually().untilAsserted(() -> assertThat(this.seen).contains(what));
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.engine.close();
			delete(this.directory);
		}
	}

	private static void delete(Path directory) {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private UpgradeRequest copy(HttpServletRequest request) throws IOException {
		List<Headers.Field> fields = new ArrayList<>();
		for (String name : Collections.list(request.getHeaderNames())) {
			for (String value : Collections.list(request.getHeaders(name))) {
				fields.add(new Headers.Field(name, value));
			}
		}
		String path = request.getRequestURI().substring(request.getContextPath().length());
		boolean forced = path.equals("/forced"); // the engine does not see what the
													// request is
		if (forced) {
			fields.add(new Headers.Field("Host", "localhost"));
			fields.add(new Headers.Field("Upgrade", "websocket"));
			fields.add(new Headers.Field("Connection", "Upgrade"));
		}
		HandshakeRequest handshake = new HandshakeRequest(path, request.getQueryString(), Headers.of(fields), Map.of(),
				new InetSocketAddress(InetAddress.getByName(request.getRemoteAddr()), request.getRemotePort()));
		return new UpgradeRequest(request.getMethod(), forced ? "HTTP/1.1" : request.getProtocol(), handshake, null,
				request.getUserPrincipal(), null, Map.of());
	}

	/** How a shared Tomcat is to be. */
	static final class Setup {

		private Consumer<WsServerOptionsBuilder> options = (options) -> {
		};

		private Consumer<Connector> connector = (connector) -> {
		};

		private Consumer<Context> context = (context) -> {
		};

		private String contextPath = "";

		/** How long Tomcat waits for sessions over a wire when it stops. */
		private Duration patience = Duration.ofSeconds(10);

		Setup options(Consumer<WsServerOptionsBuilder> options) {
			this.options = this.options.andThen(options);
			return this;
		}

		Setup connector(Consumer<Connector> connector) {
			this.connector = this.connector.andThen(connector);
			return this;
		}

		Setup property(String name, String value) {
			return connector((connector) -> assertThat(connector.setProperty(name, value)).isTrue());
		}

		Setup context(Consumer<Context> context) {
			this.context = this.context.andThen(context);
			return this;
		}

		Setup contextPath(String contextPath) {
			this.contextPath = contextPath;
			return this;
		}

		Setup patience(Duration patience) {
			this.patience = patience;
			return this;
		}

		SharedTomcat start(Way way) {
			return new SharedTomcat(way, this);
		}

	}

	/** Has upgrades judged. */
	private final class Servlet extends HttpServlet {

		private static final long serialVersionUID = 1;

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			if (request.getHeader("Sec-WebSocket-Key") == null) {
				response.setContentType("text/plain");
				response.setContentLength(5);
				response.getOutputStream().print("hello");
				return;
			}
			if (request.getServletPath().isEmpty() && "/async".equals(request.getPathInfo())) {
				AsyncContext later = request.startAsync();
				later.start(() -> {
					try {
						upgrade(request, response);
					}
					catch (IOException | ServletException ex) {
						// is among the failures
					}
					later.complete();
				});
				return;
			}
			upgrade(request, response);
		}

		private void upgrade(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			Upgrade upgrade = SharedTomcat.this.engine.upgrades().judge(copy(request)).toCompletableFuture().join();
			SharedTomcat.this.judged.accept(request);
			if (!upgrade.isAccepted()) {
				upgrade.headers().fields().forEach((field) -> response.addHeader(field.name(), field.value()));
				response.setStatus(upgrade.status());
				return;
			}
			try {
				SharedTomcat.this.handOver.accept(upgrade, request, response);
			}
			catch (IOException | ServletException | RuntimeException ex) {
				SharedTomcat.this.failures.add(ex);
				upgrade.abandon();
				throw ex;
			}
		}

	}

	/** The access log. */
	private final class Log extends ValveBase implements AccessLog {

		private Log() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			getNext().invoke(request, response);
		}

		@Override
		public void log(Request request, Response response, long time) {
			SharedTomcat.this.logged.accept(response);
		}

		@Override
		public void setRequestAttributesEnabled(boolean requestAttributesEnabled) {
		}

		@Override
		public boolean getRequestAttributesEnabled() {
			return false;
		}

	}

	/** Echoes messages, and answers {@code carrier} with what carries the session. */
	private final class Echo implements WsHandler {

		@Override
		public void onOpen(WsSession session) {
			SharedTomcat.this.seen.add("open");
		}

		@Override
		public void onText(WsSession session, String text) {
			session.send(text.equals("carrier") ? SessionStats.of(session).carrier().toString() : text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			SharedTomcat.this.seen.add("close " + status.code());
		}

	}

}
