package io.wsboot.server;

import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.wsboot.WsHandler;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.server.upgrade.Host;
import io.wsboot.server.upgrade.Way;
import org.jspecify.annotations.Nullable;

/**
 * What is between the socket and the protocol.
 */
public enum Wire {

	PLAIN(null), TLS_1_2(null), TLS_1_3(null),

	/** A socket that another server has accepted. */
	HANDED_OVER(Way.SOCKET),

	/** Such a socket inside TLS 1.3. */
	HANDED_OVER_TLS(Way.TLS),

	/** The wire of another server. */
	HOSTED(Way.WIRE);

	/** The server's. */
	static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(CERTIFICATE);

	private final @Nullable Way way;

	Wire(@Nullable Way way) {
		this.way = way;
	}

	/** Whether there is TLS. */
	boolean isSecure() {
		return this == TLS_1_2 || this == TLS_1_3 || this == HANDED_OVER_TLS;
	}

	/** Whether the server reads the requests itself, and not another server. */
	boolean readsRequests() {
		return this.way == null;
	}

	/** The other server that shares its port; null if clients come to the own one. */
	@Nullable Host host(WsServer server) {
		return (this.way == null) ? null : new Host(server.upgrades(), this.way, isSecure() ? Wire::ofHost : null);
	}

	private static SSLEngine ofHost() {
		SSLEngine engine = CERTIFICATE.trusting().createSSLEngine();
		engine.setUseClientMode(false);
		return engine;
	}

	/** The server's options, if it trusts certificates of clients. */
	static TlsOptions options(TlsOptions.ClientAuth clientAuth, TestCertificate... trusted) {
		SSLContext context = CERTIFICATE.trusting(trusted);
		return new TlsOptions(() -> context, clientAuth, List.of(), List.of());
	}

	RunningServer start(WsHandler handler) {
		return start(handler, (options) -> {
		});
	}

	RunningServer start(WsHandler handler, Consumer<WsServerOptionsBuilder> options) {
		return start(handler, options, (builder) -> {
		});
	}

	public RunningServer start(WsHandler handler, Consumer<WsServerOptionsBuilder> options,
			Consumer<WsServerBuilder> builder) {
		return new RunningServer(handler, options, (all) -> {
			if (isSecure()) {
				all.tls(options(TlsOptions.ClientAuth.NONE));
			}
			builder.accept(all);
		}, this::connect, this::host);
	}

	RawClient connect(int port, int receiveBuffer) {
		if (!isSecure()) {
			return RawClient.connect(port, receiveBuffer);
		}
		return TlsClient.connect(port, engine(CLIENT), receiveBuffer).shakeHands().raw();
	}

	/** TLS not yet shaken hands with. */
	TlsClient client(RunningServer server) {
		return TlsClient.connect(server.port(), engine(CLIENT));
	}

	/** As the JDK calls it. */
	String version() {
		return (this == TLS_1_2) ? "TLSv1.2" : "TLSv1.3";
	}

	/** Of a client of this version, which asks for localhost. */
	SSLEngine engine(SSLContext context) {
		SSLEngine engine = context.createSSLEngine();
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(new String[] { version() });
		parameters.setServerNames(List.of(new SNIHostName("localhost")));
		engine.setSSLParameters(parameters);
		return engine;
	}

}
