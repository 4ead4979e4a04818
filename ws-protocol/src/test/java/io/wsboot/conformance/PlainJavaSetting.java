package io.wsboot.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

import io.wsboot.Execution;
import io.wsboot.server.TestCertificate;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TlsOptions.ClientAuth;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.upgrade.Host;
import io.wsboot.server.upgrade.Way;
import org.jspecify.annotations.Nullable;

/**
 * The server without Spring.
 */
enum PlainJavaSetting implements Setting {

	PLAIN_EVENT_LOOP(Execution.EVENT_LOOP, "", null),

	PLAIN_WORKER(Execution.WORKER, "", null),

	TLS_1_3_EVENT_LOOP(Execution.EVENT_LOOP, "TLSv1.3", null),

	TLS_1_2_WORKER(Execution.WORKER, "TLSv1.2", null),

	HANDED_OVER_EVENT_LOOP(Execution.EVENT_LOOP, "", Way.SOCKET),

	HANDED_OVER_TLS_1_3_WORKER(Execution.WORKER, "TLSv1.3", Way.TLS),

	HANDED_OVER_TLS_1_2_EVENT_LOOP(Execution.EVENT_LOOP, "TLSv1.2", Way.TLS),

	WIRE_WORKER(Execution.WORKER, "", Way.WIRE);

	/** Lists them. */
	public static final class All implements Some {

		@Override
		public List<Setting> settings() {
			return List.of(values());
		}

	}

	private static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

	private static final SSLContext SERVER = CERTIFICATE.trusting();

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(CERTIFICATE);

	private final Execution execution;

	/** Empty if there is none. */
	private final String tls;

	/** How another server hands connections over; null without another server. */
	private final @Nullable Way way;

	PlainJavaSetting(Execution execution, String tls, @Nullable Way way) {
		this.execution = execution;
		this.tls = tls;
		this.way = way;
	}

	@Override
	public WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		if (this.way == null) {
			return WatchedServer.echo(this.execution, options, this::secure, paths);
		}
		WatchedServer server = WatchedServer.echo(this.execution, options, WsServerBuilder::withoutListener, paths);
		Host host = new Host(server.upgrades(), this.way, this.tls.isEmpty() ? null : this::engine);
		return server.behind(host.port(), host);
	}

	private SSLEngine engine() {
		SSLEngine engine = SERVER.createSSLEngine();
		engine.setUseClientMode(false);
		engine.setEnabledProtocols(new String[] { this.tls });
		return engine;
	}

	@Override
	public boolean readsRequests() {
		return this.way == null;
	}

	@Override
	public boolean isSecure() {
		return !this.tls.isEmpty();
	}

	private void secure(WsServerBuilder server) {
		if (!this.tls.isEmpty()) {
			server.tls(new TlsOptions(() -> SERVER, ClientAuth.NONE, List.of(this.tls), List.of()));
		}
	}

	/**
	 * With close_notify, but for TLS 1.2, where that would keep the server from answering
	 * what came before (RFC 5246 §7.2.1).
	 */
	@Override
	public void endOutput(Socket tcp, Socket over) throws IOException {
		(this.tls.equals("TLSv1.2") ? tcp : over).shutdownOutput();
	}

	@Override
	public Socket over(Socket tcp) throws IOException {
		if (this.tls.isEmpty()) {
			return tcp;
		}
		SSLSocket secure = (SSLSocket) CLIENT.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
		secure.setEnabledProtocols(new String[] { this.tls });
		secure.startHandshake();
		return secure;
	}

}
