package io.wsboot.server;

import java.util.List;

/**
 * Whom the server believes when it says on whose behalf it connects.
 *
 * @param trusted addresses of proxies, or ranges of them such as {@code 10.0.0.0/8} and
 * {@code fd00::/8}; empty = nobody
 * @param headers which header fields those proxies write; others are not looked at, as a
 * client may have written them
 */
public record ProxyOptions(List<String> trusted, Headers headers) {

	/** Nobody is believed. */
	public static final ProxyOptions DEFAULTS = new ProxyOptions(List.of(), Headers.X_FORWARDED);

	public ProxyOptions {
		trusted = List.copyOf(trusted);
		try {
			trusted.forEach(AddressRange::parse);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidOptionException("trusted-proxies", trusted, String.valueOf(ex.getMessage()));
		}
	}

	/** What proxies write. */
	public enum Headers {

		/** {@code X-Forwarded-For} and {@code X-Forwarded-Host}. */
		X_FORWARDED,

		/** {@code Forwarded} (RFC 7239). */
		FORWARDED

	}

}
