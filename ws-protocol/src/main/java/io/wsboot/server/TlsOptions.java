package io.wsboot.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * TLS for all connections of a server ({@code wss}).
 *
 * @param context is asked for each connection, so that another certificate may come into
 * force without dropping any
 * @param clientAuth whether clients must show a certificate
 * @param protocols the versions to agree on; the JDK's choice, 1.2 and 1.3, if empty
 * @param ciphers the cipher suites to agree on; the JDK's choice if empty
 */
public record TlsOptions(Supplier<SSLContext> context, ClientAuth clientAuth, List<String> protocols,
		List<String> ciphers) {

	/** RFC 7301: we speak nothing else. */
	private static final String[] HTTP_1_1 = { "http/1.1" };

	public TlsOptions {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * One context for all connections, without client certificates.
	 * @param context holds the server's certificate
	 * @return the options
	 */
	public static TlsOptions of(SSLContext context) {
		return new TlsOptions(() -> context, ClientAuth.NONE, List.of(), List.of());
	}

	/** An engine for a client; null if it has no address. */
	SSLEngine engineFor(@Nullable InetSocketAddress client) {
		SSLContext context = this.context.get();
		SSLEngine engine = (client != null)
				? context.createSSLEngine(client.getAddress().getHostAddress(), client.getPort())
				: context.createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setApplicationProtocols(HTTP_1_1);
		parameters.setUseCipherSuitesOrder(true);
		if (!this.protocols.isEmpty()) {
			parameters.setProtocols(this.protocols.toArray(new String[0]));
		}
		if (!this.ciphers.isEmpty()) {
			parameters.setCipherSuites(this.ciphers.toArray(new String[0]));
		}
		switch (this.clientAuth) {
			case NEED -> parameters.setNeedClientAuth(true);
			case WANT -> parameters.setWantClientAuth(true);
			case NONE -> parameters.setWantClientAuth(false);
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	/** Whether clients show a certificate. */
	public enum ClientAuth {

		/** They are not asked. */
		NONE,

		/** They are asked, and may have none. */
		WANT,

		/** Without one they cannot connect. */
		NEED

	}

}
