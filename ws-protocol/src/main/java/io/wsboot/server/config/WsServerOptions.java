package io.wsboot.server.config;

import java.time.Duration;
import java.util.List;

import io.wsboot.Execution;
import io.wsboot.server.address.OriginPattern;

import static io.wsboot.server.config.InvalidOptionException.require;
import static io.wsboot.server.config.InvalidOptionException.requireTime;

/**
 * The options of a server, immutable. A value out of its range makes the constructor
 * throw an {@link InvalidOptionException}. No duration may be negative or above 36,500
 * days. {@link WsServerOptionsBuilder} knows the defaults.
 *
 * @param address where the server listens
 * @param port the TCP port, 0 to 65535; 0 = a free one; ignored on a Unix-domain socket
 * @param backlog connections that the operating system may hold before they are accepted,
 * 1 or more
 * @param eventLoops number of event loops, 1 or more
 * @param maxFrameSize payload bytes of an incoming frame, 1 to {@code maxMessageSize}; a
 * bigger frame closes the session with 1009
 * @param maxMessageSize payload bytes of an incoming message, 1 or more; a bigger message
 * closes the session with 1009
 * @param maxFragments frames of an incoming message, 1 or more; more frames close the
 * session with 1008
 * @param fragmentationThreshold payload bytes of an outgoing frame, 0 or more: a bigger
 * message leaves in several frames; 0 = never split
 * @param idleTimeout how long a session may receive no byte before it is closed with
 * 1001; zero = for ever
 * @param pingInterval how long a session may receive no byte before the server sends a
 * Ping; below {@code idleTimeout} unless that is zero; zero = no Pings
 * @param pongTimeout how long after a Ping a byte must arrive, or the connection is
 * dropped; zero = for ever
 * @param closeTimeout how long a client may take to answer a Close frame, and then to
 * close the TCP connection, before the server drops it; 1 ms or more
 * @param maxLifetime the age at which a session is closed with 1001; zero = none
 * @param maxConnections sessions that may be open at once, 1 or more; handshakes beyond
 * are answered with 503
 * @param admission further limits on who may connect
 * @param allowedOrigins origins of pages that may connect, such as
 * {@code https://example.org}, where a {@code *} stands for any part of one host label or
 * for the port; {@code file://} and other schemes without a host; {@code null} = pages
 * that browsers give no origin; {@code *} = all pages
 * @param allowSameHost whether pages of the same host may connect, beside those of the
 * allowed origins
 * @param execution where callbacks of endpoints run that do not say
 * @param handshake limits of the opening handshake
 * @param inbound limits of incoming messages
 * @param outbound limits of messages that wait to be sent
 * @param compression compression of messages
 * @param shutdown how sessions are closed when the server stops
 */
public record WsServerOptions(ListenAddress address, int port, int backlog, int eventLoops, int maxFrameSize,
		int maxMessageSize, int maxFragments, int fragmentationThreshold, Duration idleTimeout, Duration pingInterval,
		Duration pongTimeout, Duration closeTimeout, Duration maxLifetime, int maxConnections,
		AdmissionOptions admission, List<String> allowedOrigins, boolean allowSameHost, Execution execution,
		HandshakeOptions handshake, InboundOptions inbound, OutboundOptions outbound, CompressionOptions compression,
		ShutdownOptions shutdown) {

	/**
	 * Creates options.
	 * @throws InvalidOptionException if an option is invalid
	 */
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
	 * Creates a builder that starts from the defaults.
	 * @return a builder
	 */
	public static WsServerOptionsBuilder builder() {
		return new WsServerOptionsBuilder();
	}

}
