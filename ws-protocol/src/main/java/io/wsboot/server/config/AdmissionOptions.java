package io.wsboot.server.config;

import static io.wsboot.server.config.InvalidOptionException.require;

/**
 * Limits on who may connect, beside {@link WsServerOptions#maxConnections()}. No limit
 * may be negative. A value out of its range makes a constructor throw an
 * {@link InvalidOptionException}.
 *
 * @param maxConnectionsPerAddress sessions that may be open at once from one remote
 * address; handshakes beyond are answered with 503. As many sockets of the address may be
 * at their handshake; for one more, the oldest of them is dropped. 0 = no limit
 * @param maxConnectionsPerPrincipal sessions that may be open at once of one principal,
 * known by its name; handshakes beyond are answered with 429; 0 = no limit
 * @param maxHandshakesPerSecond handshakes per second of the whole server that reach
 * handlers, with bursts of one second's worth; handshakes beyond are answered with 503; 0
 * = no limit
 * @param proxies the proxies that the server trusts about the address of a client
 * @param ipv6PrefixLength how many bits of an IPv6 address stand for one client, 1 to
 * 128: a client that has one address mostly has all addresses that begin with the same 64
 * bits (RFC 4291 §2.5.1). IPv4 addresses, also those mapped into IPv6, count whole
 */
public record AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond,
		ProxyOptions proxies, int ipv6PrefixLength) {

	/** The prefix length of the subnets that hosts are in (RFC 4291 §2.5.4). */
	private static final int IPV6_SUBNET = 64;

	/** No limits, no trusted proxies, and 64 bits of an IPv6 address. */
	public static final AdmissionOptions DEFAULTS = new AdmissionOptions(0, 0, 0);

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
	public AdmissionOptions {
		requireLimit("max-connections-per-address", maxConnectionsPerAddress);
		requireLimit("max-connections-per-principal", maxConnectionsPerPrincipal);
		requireLimit("max-handshakes-per-second", maxHandshakesPerSecond);
		require(ipv6PrefixLength >= 1 && ipv6PrefixLength <= 128, "ipv6-prefix-length", ipv6PrefixLength,
				"must be within 1 to 128");
	}

	/**
	 * Options with 64 bits of an IPv6 address.
	 * @param maxConnectionsPerAddress sessions from one address; 0 = no limit
	 * @param maxConnectionsPerPrincipal sessions of one principal; 0 = no limit
	 * @param maxHandshakesPerSecond handshakes per second; 0 = no limit
	 * @param proxies the proxies that the server trusts
	 */
	public AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond,
			ProxyOptions proxies) {
		this(maxConnectionsPerAddress, maxConnectionsPerPrincipal, maxHandshakesPerSecond, proxies, IPV6_SUBNET);
	}

	/**
	 * Options without trusted proxies, with 64 bits of an IPv6 address.
	 * @param maxConnectionsPerAddress sessions from one address; 0 = no limit
	 * @param maxConnectionsPerPrincipal sessions of one principal; 0 = no limit
	 * @param maxHandshakesPerSecond handshakes per second; 0 = no limit
	 */
	public AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond) {
		this(maxConnectionsPerAddress, maxConnectionsPerPrincipal, maxHandshakesPerSecond, ProxyOptions.DEFAULTS);
	}

	private static void requireLimit(String option, int value) {
		require(value >= 0, option, value, "must not be negative (0 = no limit)");
	}

}
