package io.wsboot.server.config;

import java.util.List;

import io.wsboot.server.address.AddressRange;

/**
 * The proxies that the server trusts when they say for which client they connect. A value
 * out of its range makes a constructor throw an {@link InvalidOptionException}.
 *
 * @param trusted addresses of proxies, or ranges such as {@code 10.0.0.0/8} and
 * {@code fd00::/8}; {@link #UNIX} = any proxy that connects to a Unix-domain socket;
 * empty = no proxy
 * @param headers the header fields that these proxies write; other fields are not read,
 * as a client may have written them
 * @param protocol whether connections of these proxies begin with a header of the PROXY
 * protocol, version 1 or 2; a connection without the header is closed. Needs at least one
 * trusted proxy. Connections of others never have the header
 */
public record ProxyOptions(List<String> trusted, Headers headers, boolean protocol) {

	/** Stands for any proxy that connects to a Unix-domain socket. */
	public static final String UNIX = "unix";

	/** No trusted proxies. */
	public static final ProxyOptions DEFAULTS = new ProxyOptions(List.of(), Headers.X_FORWARDED);

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
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
	 * Options without the PROXY protocol.
	 * @param trusted addresses of proxies, or ranges
	 * @param headers the header fields that these proxies write
	 * @throws InvalidOptionException if an element is no address, range or {@link #UNIX}
	 */
	public ProxyOptions(List<String> trusted, Headers headers) {
		this(trusted, headers, false);
	}

	/** The header fields that proxies write. */
	public enum Headers {

		/** {@code X-Forwarded-For} and {@code X-Forwarded-Host}. */
		X_FORWARDED,

		/** {@code Forwarded} (RFC 7239). */
		FORWARDED

	}

}
