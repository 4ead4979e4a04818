package io.wsboot.server;

import java.time.Duration;
import java.util.List;

import io.wsboot.Execution;

import static io.wsboot.server.InvalidOptionException.require;
import static io.wsboot.server.InvalidOptionException.requireTime;

/**
 * Everything that can be set about a server. Sizes are bytes. A nonsensical value is an
 * {@link InvalidOptionException}.
 *
 * @param address where to listen
 * @param port the TCP port, 0 to 65535; 0 = a free one; means nothing on a Unix-domain
 * socket
 * @param backlog connections that the operating system may hold before they are accepted,
 * 1 or more
 * @param eventLoops number of event loops, 1 or more
 * @param maxFrameSize payload bytes of an incoming frame, 1 to {@code maxMessageSize};
 * more close with 1009
 * @param maxMessageSize payload bytes of an incoming message, 1 or more; more close with
 * 1009
 * @param maxFragments frames of an incoming message, 1 or more; more close with 1008
 * @param fragmentationThreshold payload bytes of an outgoing frame: a larger message
 * leaves in several; 0 = never split
 * @param idleTimeout how long a session may bring no byte before it is closed with 1001;
 * zero = for ever
 * @param pingInterval after how long without a byte from the peer it is sent a Ping; zero
 * = never
 * @param pongTimeout how long after a Ping a byte must come before the connection is
 * dropped; zero = for ever
 * @param closeTimeout how long a peer may take to answer our Close frame, and then to
 * close the TCP connection, before we drop it; more than zero
 * @param maxLifetime after how long a session is closed with 1001 whatever it does; zero
 * = never
 * @param maxConnections sessions that may be open at once, 1 or more; more are answered
 * with 503
 * @param admission who is let in while there is room at all
 * @param allowedOrigins origins of pages that may connect: such as
 * {@code https://example.org}, where a {@code *} stands for any part of one host label or
 * the port; {@code file://} and other schemes without a host; {@code null} = pages that
 * browsers give no origin; {@code *} = all
 * @param allowSameHost whether pages of the same host may connect, beside those
 * @param execution where callbacks of endpoints run that do not say
 * @param handshake limits of the opening handshake
 * @param inbound limits of what comes in
 * @param outbound limits of what waits to go out
 * @param compression compression of messages
 * @param shutdown how sessions are closed when the server stops
 */
public record WsServerOptions(ListenAddress address, int port, int backlog, int eventLoops, int maxFrameSize,
		int maxMessageSize, int maxFragments, int fragmentationThreshold, Duration idleTimeout, Duration pingInterval,
		Duration pongTimeout, Duration closeTimeout, Duration maxLifetime, int maxConnections,
		AdmissionOptions admission, List<String> allowedOrigins, boolean allowSameHost, Execution execution,
		HandshakeOptions handshake, InboundOptions inbound, OutboundOptions outbound, CompressionOptions compression,
		ShutdownOptions shutdown) {

	public WsServerOptions {
		allowedOrigins = List.copyOf(allowedOrigins);
		require(port >= 0 && port <= 65535, "port", port, "must be within 0 to 65535");
		require(backlog > 0, "backlog", backlog, "must be at least 1");
		require(eventLoops > 0, "event-loops", eventLoops, "must be at least 1");
		require(maxMessageSize > 0, "max-message-size", maxMessageSize, "must be at least 1 byte");
		require(maxFrameSize > 0, "max-frame-size", maxFrameSize, "must be at least 1 byte");
		require(maxFrameSize <= maxMessageSize, "max-frame-size", maxFrameSize,
				"must not be above max-message-size, which is " + maxMessageSize);
		require(maxFragments > 0, "max-fragments", maxFragments, "must be at least 1");
		require(fragmentationThreshold >= 0, "fragmentation-threshold", fragmentationThreshold,
				"must not be negative (0 = never split)");
		requireTime("idle-timeout", idleTimeout, "off");
		requireTime("ping-interval", pingInterval, "off");
		requireTime("pong-timeout", pongTimeout, "off");
		requireTime("max-lifetime", maxLifetime, "off");
		requireTime("close-timeout", closeTimeout);
		require(idleTimeout.isZero() || pingInterval.compareTo(idleTimeout) < 0, "ping-interval", pingInterval,
				"must be below idle-timeout, which is " + idleTimeout);
		require(maxConnections > 0, "max-connections", maxConnections, "must be at least 1");
		checkOrigins(allowedOrigins);
	}

	private static void checkOrigins(List<String> allowedOrigins) {
		try {
			OriginPattern.parseAll(allowedOrigins);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidOptionException("allowed-origins", allowedOrigins, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A builder that starts from the defaults.
	 * @return a builder
	 */
	public static WsServerOptionsBuilder builder() {
		return new WsServerOptionsBuilder();
	}

}
