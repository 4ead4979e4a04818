package io.wsboot.server;

import java.util.List;

/**
 * Whom the server believes when it says on whose behalf it connects.
 *
 * @param trusted addresses of proxies, or ranges of them such as {@code 10.0.0.0/8} and
 * {@code fd00::/8}; {@link #UNIX} = those that connect to a Unix-domain socket; empty =
 * nobody
 * @param headers which header fields those proxies write; others are not looked at, as a
 * client may have written them
 * @param protocol whether connections of those proxies begin with a header of the PROXY
 * protocol, version 1 or 2, and are closed if they do not. Connections of others never
 * have one. Needs at least one trusted proxy
 */
public record ProxyOptions(List<String> trusted, Headers headers, boolean protocol) {

	/** Among trusted proxies: whoever may connect to a Unix-domain socket. */
	public static final String UNIX = "unix";

	/** Nobody is believed. */
	public static final ProxyOptions DEFAULTS = new ProxyOptions(List.of(), Headers.X_FORWARDED);

	public ProxyOptions {
		trusted = List.copyOf(trusted);
		try {
			trusted.stream().filter((one) -> !one.equals(UNIX)).forEach(AddressRange::parse);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidOptionException("trusted-proxies", trusted, String.valueOf(ex.getMessage()));
		}
		InvalidOptionException.require(!protocol || !trusted.isEmpty(), "proxy-protocol", protocol,
				"trusted-proxies must say whose connections begin with its header");
	}

	/**
	 * Without the PROXY protocol.
	 * @param trusted addresses of proxies
	 * @param headers which header fields those proxies write
	 */
	public ProxyOptions(List<String> trusted, Headers headers) {
		this(trusted, headers, false);
	}

	/** What proxies write. */
	public enum Headers {

		/** {@code X-Forwarded-For} and {@code X-Forwarded-Host}. */
		X_FORWARDED,

		/** {@code Forwarded} (RFC 7239). */
		FORWARDED

	}

}
