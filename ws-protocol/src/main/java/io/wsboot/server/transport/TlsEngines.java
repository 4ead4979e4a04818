package io.wsboot.server.transport;

import java.net.InetSocketAddress;
import java.security.Principal;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.wsboot.server.config.TlsOptions;
import org.jspecify.annotations.Nullable;

/** Makes the TLS engines of connections. Any thread may call all methods. */
public final class TlsEngines {

	/** The only application protocol that the server accepts (ALPN, RFC 7301). */
	private static final String[] HTTP_1_1 = { "http/1.1" };

	private static final String TLS_1_2 = "TLSv1.2";

	private TlsEngines() {
	}

	/**
	 * Makes the engine of one connection.
	 * @param options the certificates, protocols and cipher suites
	 * @param client the address of the client; null if the client has none
	 * @throws IllegalArgumentException if the TLS context does not know a protocol or a
	 * cipher suite
	 */
	public static SSLEngine make(TlsOptions options, @Nullable InetSocketAddress client) {
		SSLContext context = options.context().get();
		SSLEngine engine = (client != null)
				? context.createSSLEngine(client.getAddress().getHostAddress(), client.getPort())
				: context.createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setApplicationProtocols(HTTP_1_1);
		parameters.setUseCipherSuitesOrder(true);
		if (!options.protocols().isEmpty()) {
			parameters.setProtocols(options.protocols().toArray(new String[0]));
		}
		if (!options.ciphers().isEmpty()) {
			parameters.setCipherSuites(options.ciphers().toArray(new String[0]));
		}
		switch (options.clientAuth()) {
			case NEED -> parameters.setNeedClientAuth(true);
			case WANT -> parameters.setWantClientAuth(true);
			case NONE -> parameters.setWantClientAuth(false);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	/** Whether the peer has begun a renegotiation (TLS 1.2), as a step has shown. */
	static boolean isRenegotiating(SSLEngine engine, SSLEngineResult step) {
		HandshakeStatus status = step.getHandshakeStatus();
		return status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING
				&& !engine.isInboundDone() && TLS_1_2.equals(engine.getSession().getProtocol());
	}

	/**
	 * The subject of the client's verified certificate; null if the client has shown
	 * none.
	 */
	static @Nullable Principal peer(SSLEngine engine) {
		try {
			return engine.getSession().getPeerPrincipal();
		}
		catch (SSLPeerUnverifiedException ex) {
			return null; // the server asked for no certificate, or the client has none
		}
	}

}
