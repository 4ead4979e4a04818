package io.wsboot.server.config;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/**
 * TLS for all connections of a server ({@code wss}).
 *
 * @param context gives the context for each new connection, so that a new certificate
 * takes effect without closing connections; called by any thread
 * @param clientAuth whether clients must show a certificate
 * @param protocols the allowed versions of TLS, such as {@code TLSv1.3}; empty = the
 * JDK's choice, 1.2 and 1.3
 * @param ciphers the allowed cipher suites; empty = the JDK's choice
 */
public record TlsOptions(Supplier<SSLContext> context, ClientAuth clientAuth, List<String> protocols,
		List<String> ciphers) {

	/**
	 * Creates options with copies of the lists.
	 */
	public TlsOptions {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Options with one context for all connections, without client certificates.
	 * @param context the context, which holds the server's certificate
	 * @return the options
	 */
	public static TlsOptions of(SSLContext context) {
		return new TlsOptions(() -> context, ClientAuth.NONE, List.of(), List.of());
	}

	/** Whether clients show a certificate. */
	public enum ClientAuth {

		/** The server does not ask for a certificate. */
		NONE,

		/** The server asks for a certificate; a client without one may connect. */
		WANT,

		/** The server asks for a certificate; a client without one cannot connect. */
		NEED

	}

}
