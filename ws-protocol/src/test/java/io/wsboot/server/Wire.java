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

/**
 * What is between the socket and the protocol.
 */
public enum Wire {

	PLAIN, TLS_1_2, TLS_1_3;

	/** The server's. */
	static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

	private static final SSLContext CLIENT = TestCertificate.onlyTrusting(CERTIFICATE);

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
			if (this != PLAIN) {
				all.tls(options(TlsOptions.ClientAuth.NONE));
			}
			builder.accept(all);
		}, this::connect);
	}

	RawClient connect(int port, int receiveBuffer) {
		if (this == PLAIN) {
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
