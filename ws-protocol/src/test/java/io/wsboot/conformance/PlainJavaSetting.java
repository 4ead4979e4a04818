package io.wsboot.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.wsboot.Execution;
import io.wsboot.server.TestCertificate;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TlsOptions.ClientAuth;
import io.wsboot.server.config.WsServerOptionsBuilder;

/**
 * The server without Spring.
 */
enum PlainJavaSetting implements Setting {

	PLAIN_EVENT_LOOP(Execution.EVENT_LOOP, ""),

	PLAIN_WORKER(Execution.WORKER, ""),

	TLS_1_3_EVENT_LOOP(Execution.EVENT_LOOP, "TLSv1.3"),

	TLS_1_2_WORKER(Execution.WORKER, "TLSv1.2");

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

	PlainJavaSetting(Execution execution, String tls) {
		this.execution = execution;
		this.tls = tls;
	}

	@Override
	public WatchedServer start(Consumer<WsServerOptionsBuilder> options, String... paths) {
		return WatchedServer.echo(this.execution, options, this::secure, paths);
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
