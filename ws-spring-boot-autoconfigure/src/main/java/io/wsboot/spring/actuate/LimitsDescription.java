package io.wsboot.spring.actuate;

import java.util.List;
import java.util.Locale;

import io.wsboot.server.WsServerOptions;

/**
 * The limits in force, named as the properties are. Sizes are bytes, times ISO 8601
 * durations.
 *
 * @param maxConnections sessions that may be open at once
 * @param maxConnectionsPerAddress the same for one address, 0 = no limit of its own
 * @param maxConnectionsPerPrincipal the same for one principal, 0 = no limit
 * @param maxHandshakesPerSecond of the whole server, 0 = no limit
 * @param maxFrameSize payload of an incoming frame
 * @param maxMessageSize payload of an incoming message
 * @param maxFragments frames of an incoming message
 * @param allowedOrigins whose pages may connect, empty = those of the same host
 * @param handshakeTimeout from connection to answer
 * @param idleTimeout without a byte from the client
 * @param pingInterval without a byte before a Ping
 * @param maxLifetime of a session, PT0S = no limit
 * @param inbound of messages that wait for the handler
 * @param outbound of what waits for the client
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
	 * What may come in.
	 *
	 * @param maxPendingMessages messages that wait
	 * @param maxPendingBytes their payload
	 * @param maxMessagesPerSecond messages a second, 0 = no limit
	 * @param maxBytesPerSecond their payload a second, 0 = no limit
	 * @param maxTotalPending bytes held for all sessions together, 0 = no limit
	 */
	public record Inbound(int maxPendingMessages, int maxPendingBytes, int maxMessagesPerSecond, long maxBytesPerSecond,
			long maxTotalPending) {
	}

	/**
	 * What may wait to go out.
	 *
	 * @param maxQueued bytes per session
	 * @param highWaterMark from which on senders are told
	 * @param overflow what happens above
	 * @param maxTotalQueued bytes of all sessions together, 0 = no limit
	 */
	public record Outbound(int maxQueued, int highWaterMark, String overflow, long maxTotalQueued) {
	}

}
