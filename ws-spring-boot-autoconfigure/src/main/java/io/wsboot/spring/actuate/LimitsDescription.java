package io.wsboot.spring.actuate;

import java.util.List;
import java.util.Locale;

import io.wsboot.server.config.WsServerOptions;

/**
 * The limits in force, named like the properties under {@code ws.server}. Sizes are in
 * bytes, times are ISO 8601 durations.
 *
 * @param maxConnections how many sessions may be open at once
 * @param maxConnectionsPerAddress how many sessions of one address may be open at once, 0
 * = no limit
 * @param maxConnectionsPerPrincipal how many sessions of one principal may be open at
 * once, 0 = no limit
 * @param maxHandshakesPerSecond how many handshakes the whole server answers in a second,
 * 0 = no limit
 * @param maxFrameSize payload of an incoming frame
 * @param maxMessageSize payload of an incoming message
 * @param maxFragments frames of an incoming message
 * @param allowedOrigins whose pages may connect, empty = only pages of the same host
 * @param handshakeTimeout from the connection to the answer
 * @param idleTimeout how long a session may go without a byte from the client
 * @param pingInterval how long after the last byte from the client the server sends a
 * Ping
 * @param maxLifetime how long a session may be open, PT0S = no limit
 * @param inbound limits of incoming messages
 * @param outbound limits of outgoing messages
 */
public record LimitsDescription(int maxConnections, int maxConnectionsPerAddress, int maxConnectionsPerPrincipal,
		int maxHandshakesPerSecond, int maxFrameSize, int maxMessageSize, int maxFragments, List<String> allowedOrigins,
		String handshakeTimeout, String idleTimeout, String pingInterval, String maxLifetime, Inbound inbound,
		Outbound outbound) {

	static LimitsDescription of(WsServerOptions options) {
		return new LimitsDescription(options.maxConnections(), options.admission().maxConnectionsPerAddress(),
				options.admission().maxConnectionsPerPrincipal(), options.admission().maxHandshakesPerSecond(),
				options.maxFrameSize(), options.maxMessageSize(), options.maxFragments(), options.allowedOrigins(),
				options.handshake().timeout().toString(), options.idleTimeout().toString(),
				options.pingInterval().toString(), options.maxLifetime().toString(),
				new Inbound(options.inbound().maxPendingMessages(), options.inbound().maxPendingBytes(),
						options.inbound().maxMessagesPerSecond(), options.inbound().maxBytesPerSecond(),
						options.inbound().maxTotalPending()),
				new Outbound(options.outbound().maxQueued(), options.outbound().highWaterMark(),
						options.outbound().overflow().name().toLowerCase(Locale.ROOT).replace('_', '-'),
						options.outbound().maxTotalQueued()));
	}

	/**
	 * Limits of incoming messages.
	 *
	 * @param maxPendingMessages messages of a session that may wait for the handler
	 * @param maxPendingBytes payload of those messages
	 * @param maxMessagesPerSecond messages of a session in a second, 0 = no limit
	 * @param maxBytesPerSecond payload of those messages, 0 = no limit
	 * @param maxTotalPending bytes held for all sessions together, 0 = no limit
	 */
	public record Inbound(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond, long maxBytesPerSecond,
			long maxTotalPending) {
	}

	/**
	 * Limits of outgoing messages.
	 *
	 * @param maxQueued bytes of a session that may wait for the client
	 * @param highWaterMark waiting bytes from which on senders are told that the session
	 * is congested
	 * @param overflow what happens above {@code maxQueued}
	 * @param maxTotalQueued bytes of all sessions together, 0 = no limit
	 */
	public record Outbound(int maxQueued, int highWaterMark, String overflow, long maxTotalQueued) {
	}

}
