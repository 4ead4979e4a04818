package io.wsboot.server.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import io.wsboot.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link WsServerOptions}, in any order: they are checked at the end. No duration
 * may be negative or above 36,500 days. Not thread-safe.
 */
public final class WsServerOptionsBuilder {

	private ListenAddress address = ListenAddress.ANY;

	private int port = 8090, backlog = 1024, eventLoops = Runtime.getRuntime().availableProcessors(),
			maxConnections = 10_000, maxMessageSize = 256 * 1024, maxFragments = 1024,
			fragmentationThreshold = 64 * 1024;

	private @Nullable Integer maxFrameSize; // null = maxMessageSize: browsers never split

	private final Liveness liveness = new Liveness();

	private AdmissionOptions admission = AdmissionOptions.DEFAULTS;

	private List<String> allowedOrigins = List.of();

	private boolean allowSameHost = true;

	private Execution execution = Execution.AUTO;

	private HandshakeOptions handshake = HandshakeOptions.DEFAULTS;

	private InboundOptions inbound = InboundOptions.DEFAULTS;

	private OutboundOptions outbound = OutboundOptions.DEFAULTS;

	private CompressionOptions compression = CompressionOptions.DEFAULTS;

	private ShutdownOptions shutdown = ShutdownOptions.DEFAULTS;

	WsServerOptionsBuilder() {
	}

	/**
	 * Sets where the server listens.
	 * @param address where; by default on every local IP address
	 * @return this builder
	 */
	public WsServerOptionsBuilder address(ListenAddress address) {
		this.address = address;
		return this;
	}

	/**
	 * Sets the local IP address on which the server listens.
	 * @param address the address; null = every local one, as by default
	 * @return this builder
	 */
	public WsServerOptionsBuilder address(@Nullable InetAddress address) {
		return address(ListenAddress.tcp(address));
	}

	/**
	 * Sets the TCP port.
	 * @param port 0 to 65535; 0 = a free one; by default 8090
	 * @return this builder
	 */
	public WsServerOptionsBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Sets how many connections may wait to be accepted.
	 * @param backlog 1 or more; by default 1024
	 * @return this builder
	 */
	public WsServerOptionsBuilder backlog(int backlog) {
		this.backlog = backlog;
		return this;
	}

	/**
	 * Sets the number of event loops.
	 * @param eventLoops 1 or more; by default as many as there are processors
	 * @return this builder
	 */
	public WsServerOptionsBuilder eventLoops(int eventLoops) {
		this.eventLoops = eventLoops;
		return this;
	}

	/**
	 * Limits the payload of an incoming frame.
	 * @param maxFrameSize bytes, 1 to maxMessageSize; by default maxMessageSize
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxFrameSize(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
		return this;
	}

	/**
	 * Limits the payload of an incoming message.
	 * @param maxMessageSize bytes, 1 or more; by default 256 KiB
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxMessageSize(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
		return this;
	}

	/**
	 * Limits the number of frames of an incoming message.
	 * @param maxFragments 1 or more; by default 1024
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxFragments(int maxFragments) {
		this.maxFragments = maxFragments;
		return this;
	}

	/**
	 * Limits the payload of an outgoing frame: a bigger message leaves in several.
	 * @param fragmentationThreshold bytes; 0 = never split; by default 64 KiB
	 * @return this builder
	 */
	public WsServerOptionsBuilder fragmentationThreshold(int fragmentationThreshold) {
		this.fragmentationThreshold = fragmentationThreshold;
		return this;
	}

	/**
	 * Sets how long a session may receive no byte before it is closed with 1001.
	 * @param idleTimeout zero = for ever; by default 60 s
	 * @return this builder
	 */
	public WsServerOptionsBuilder idleTimeout(Duration idleTimeout) {
		this.liveness.idleTimeout = idleTimeout;
		return this;
	}

	/**
	 * Sets how long a session may receive no byte before a Ping is sent.
	 * @param pingInterval zero = no Pings; by default 25 s, at most 5/12 of idleTimeout
	 * @return this builder
	 */
	public WsServerOptionsBuilder pingInterval(Duration pingInterval) {
		this.liveness.pingInterval = pingInterval;
		return this;
	}

	/**
	 * Sets how long after a Ping a byte must arrive, or the connection is dropped.
	 * @param pongTimeout zero = for ever; by default 20 s, at most 1/3 of idleTimeout
	 * @return this builder
	 */
	public WsServerOptionsBuilder pongTimeout(Duration pongTimeout) {
		this.liveness.pongTimeout = pongTimeout;
		return this;
	}

	/**
	 * Sets how long a client may take to answer a Close frame.
	 * @param closeTimeout 1 ms or more; by default 5 s
	 * @return this builder
	 */
	public WsServerOptionsBuilder closeTimeout(Duration closeTimeout) {
		this.liveness.closeTimeout = closeTimeout;
		return this;
	}

	/**
	 * Sets the age at which a session is closed with 1001.
	 * @param maxLifetime zero = none, as by default
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxLifetime(Duration maxLifetime) {
		this.liveness.maxLifetime = maxLifetime;
		return this;
	}

	/**
	 * Limits the number of open sessions.
	 * @param maxConnections 1 or more; by default 10,000
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
		return this;
	}

	/**
	 * Sets further limits on who may connect.
	 * @param admission the options; by default {@link AdmissionOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder admission(AdmissionOptions admission) {
		this.admission = admission;
		return this;
	}

	/**
	 * Sets the origins of pages that may connect.
	 * @param allowedOrigins see {@link WsServerOptions}; by default none
	 * @return this builder
	 */
	public WsServerOptionsBuilder allowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
		return this;
	}

	/**
	 * Sets whether pages of the same host may connect, beside the allowed origins.
	 * @param allowSameHost by default true
	 * @return this builder
	 */
	public WsServerOptionsBuilder allowSameHost(boolean allowSameHost) {
		this.allowSameHost = allowSameHost;
		return this;
	}

	/**
	 * Sets where callbacks run of endpoints that do not say.
	 * @param execution by default {@link Execution#AUTO}
	 * @return this builder
	 */
	public WsServerOptionsBuilder execution(Execution execution) {
		this.execution = execution;
		return this;
	}

	/**
	 * Sets the limits of the opening handshake.
	 * @param handshake the options; by default {@link HandshakeOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder handshake(HandshakeOptions handshake) {
		this.handshake = handshake;
		return this;
	}

	/**
	 * Sets the limits of incoming messages.
	 * @param inbound the options; by default {@link InboundOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder inbound(InboundOptions inbound) {
		this.inbound = inbound;
		return this;
	}

	/**
	 * Sets the limits of messages that wait to be sent.
	 * @param outbound the options; by default {@link OutboundOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder outbound(OutboundOptions outbound) {
		this.outbound = outbound;
		return this;
	}

	/**
	 * Sets the compression of messages.
	 * @param compression the options; by default {@link CompressionOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder compression(CompressionOptions compression) {
		this.compression = compression;
		return this;
	}

	/**
	 * Sets how sessions are closed when the server stops.
	 * @param shutdown the options; by default {@link ShutdownOptions#DEFAULTS}
	 * @return this builder
	 */
	public WsServerOptionsBuilder shutdown(ShutdownOptions shutdown) {
		this.shutdown = shutdown;
		return this;
	}

	/**
	 * Builds the options.
	 * @return the options
	 * @throws InvalidOptionException if a value is out of its range
	 */
	public WsServerOptions build() {
		return new WsServerOptions(this.address, this.port, this.backlog, this.eventLoops,
				(this.maxFrameSize != null) ? this.maxFrameSize : this.maxMessageSize, this.maxMessageSize,
				this.maxFragments, this.fragmentationThreshold, this.liveness.idleTimeout, this.liveness.pingInterval(),
				this.liveness.pongTimeout(), this.liveness.closeTimeout, this.liveness.maxLifetime, this.maxConnections,
				this.admission, this.allowedOrigins, this.allowSameHost, this.execution, this.handshake, this.inbound,
				this.outbound, this.compression, this.shutdown);
	}

}
