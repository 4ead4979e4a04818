package io.wsboot.server;

import static io.wsboot.server.InvalidOptionException.require;

/**
 * Who is let in while there is room at all.
 *
 * @param maxConnectionsPerAddress sessions that may be open at once from one remote
 * address; more are answered with 503. As many of its sockets may be at their handshake;
 * for one more the oldest of them is dropped. 0 = no limit of its own
 * @param maxConnectionsPerPrincipal sessions that may be open at once of one principal,
 * told by its name; more are answered with 429; 0 = no limit
 * @param maxHandshakesPerSecond handshakes a second of the whole server that handlers are
 * asked about, with bursts of one second's worth; more are answered with 503; 0 = no
 * limit
 * @param proxies whom the server believes about the address of a client
 * @param ipv6PrefixLength how many bits of an IPv6 address stand for one client, 1 to
 * 128: whoever has one such address mostly has all that begin with the same 64 bits (RFC
 * 4291 §2.5.1). IPv4 addresses, also those mapped into IPv6, count whole
 */
public record AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond,
		ProxyOptions proxies, int ipv6PrefixLength) {

	/** The length of the subnets that hosts are given (RFC 4291 §2.5.4). */
	private static final int IPV6_SUBNET = 64;

	/** No limits, no proxies, and 64 bits of IPv6 addresses. */
	public static final AdmissionOptions DEFAULTS = new AdmissionOptions(0, 0, 0);

	public AdmissionOptions {
		requireLimit("max-connections-per-address", maxConnectionsPerAddress);
		requireLimit("max-connections-per-principal", maxConnectionsPerPrincipal);
		requireLimit("max-handshakes-per-second", maxHandshakesPerSecond);
		require(ipv6PrefixLength >= 1 && ipv6PrefixLength <= 128, "ipv6-prefix-length", ipv6PrefixLength,
				"must be within 1 to 128");
	}

	/**
	 * 64 bits of IPv6 addresses.
	 * @param maxConnectionsPerAddress sessions from one address
	 * @param maxConnectionsPerPrincipal sessions of one principal
	 * @param maxHandshakesPerSecond handshakes a second
	 * @param proxies whom the server believes
	 */
	public AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond,
			ProxyOptions proxies) {
		this(maxConnectionsPerAddress, maxConnectionsPerPrincipal, maxHandshakesPerSecond, proxies, IPV6_SUBNET);
	}

	/**
	 * No proxies.
	 * @param maxConnectionsPerAddress sessions from one address
	 * @param maxConnectionsPerPrincipal sessions of one principal
	 * @param maxHandshakesPerSecond handshakes a second
	 */
	public AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond) {
		this(maxConnectionsPerAddress, maxConnectionsPerPrincipal, maxHandshakesPerSecond, ProxyOptions.DEFAULTS);
	}

	private static void requireLimit(String option, int value) {
		require(value >= 0, option, value, "must not be negative (0 = no limit)");
	}

}
