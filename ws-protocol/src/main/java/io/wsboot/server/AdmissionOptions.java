package io.wsboot.server;

import static io.wsboot.server.InvalidOptionException.require;

/**
 * Who is let in while there is room at all.
 *
 * @param maxConnectionsPerAddress sessions that may be open at once from one remote
 * address; more are answered with 503; 0 = no limit of its own
 * @param maxConnectionsPerPrincipal sessions that may be open at once of one principal,
 * told by its name; more are answered with 429; 0 = no limit
 * @param maxHandshakesPerSecond handshakes a second of the whole server that handlers are
 * asked about, with bursts of one second's worth; more are answered with 503; 0 = no
 * limit
 * @param proxies whom the server believes about the address of a client
 */
public record AdmissionOptions(int maxConnectionsPerAddress, int maxConnectionsPerPrincipal, int maxHandshakesPerSecond,
		ProxyOptions proxies) {

	/** No limits, and no proxies. */
	public static final AdmissionOptions DEFAULTS = new AdmissionOptions(0, 0, 0);

	public AdmissionOptions {
		requireLimit("max-connections-per-address", maxConnectionsPerAddress);
		requireLimit("max-connections-per-principal", maxConnectionsPerPrincipal);
		requireLimit("max-handshakes-per-second", maxHandshakesPerSecond);
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
