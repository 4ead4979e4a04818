package io.wsboot.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import io.wsboot.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Collects the documented {@link WsServerOptions} of a server. Not thread-safe.
 */
public final class WsServerOptionsBuilder {

	private ListenAddress address = ListenAddress.ANY;

	private int port = 8090, backlog = 1024, eventLoops = Runtime.getRuntime().availableProcessors(),
			maxConnections = 10_000;

	private final MessageSizes sizes = new MessageSizes();

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
	 * Sets where to listen.
	 * @param address the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder address(ListenAddress address) {
		this.address = address;
		return this;
	}

	/**
	 * Sets the local IP address to listen on; null = any.
	 * @param address the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder address(@Nullable InetAddress address) {
		return address(ListenAddress.tcp(address));
	}

	/**
	 * Sets the TCP port; 0 = a free one.
	 * @param port the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Sets connections that the operating system may hold before they are accepted.
	 * @param backlog the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder backlog(int backlog) {
		this.backlog = backlog;
		return this;
	}

	/**
	 * Sets number of event loops.
	 * @param eventLoops the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder eventLoops(int eventLoops) {
		this.eventLoops = eventLoops;
		return this;
	}

	/**
	 * Sets payload bytes of an incoming frame; as those of a message unless set.
	 * @param maxFrameSize the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxFrameSize(int maxFrameSize) {
		this.sizes.maxFrameSize = maxFrameSize;
		return this;
	}

	/**
	 * Sets payload bytes of an incoming message.
	 * @param maxMessageSize the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxMessageSize(int maxMessageSize) {
		this.sizes.maxMessageSize = maxMessageSize;
		return this;
	}

	/**
	 * Sets frames of an incoming message.
	 * @param maxFragments the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxFragments(int maxFragments) {
		this.sizes.maxFragments = maxFragments;
		return this;
	}

	/**
	 * Sets payload bytes of an outgoing frame; 0 = never split.
	 * @param fragmentationThreshold the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder fragmentationThreshold(int fragmentationThreshold) {
		this.sizes.fragmentationThreshold = fragmentationThreshold;
		return this;
	}

	/**
	 * Sets how long a session may bring no byte; zero = for ever.
	 * @param idleTimeout the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder idleTimeout(Duration idleTimeout) {
		this.liveness.idleTimeout = idleTimeout;
		return this;
	}

	/**
	 * Sets after how long without a byte a Ping is sent; zero = never. Unless set it is
	 * 25 s, or 5/12 of the idle timeout if that is less.
	 * @param pingInterval the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder pingInterval(Duration pingInterval) {
		this.liveness.pingInterval = pingInterval;
		return this;
	}

	/**
	 * Sets how long after a Ping a byte must come; zero = for ever. Unless set it is 20
	 * s, or a third of the idle timeout if that is less.
	 * @param pongTimeout the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder pongTimeout(Duration pongTimeout) {
		this.liveness.pongTimeout = pongTimeout;
		return this;
	}

	/**
	 * Sets how long a peer may take to answer our Close frame.
	 * @param closeTimeout the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder closeTimeout(Duration closeTimeout) {
		this.liveness.closeTimeout = closeTimeout;
		return this;
	}

	/**
	 * Sets after how long a session is closed; zero = never.
	 * @param maxLifetime the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxLifetime(Duration maxLifetime) {
		this.liveness.maxLifetime = maxLifetime;
		return this;
	}

	/**
	 * Sets sessions that may be open at once.
	 * @param maxConnections the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder maxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
		return this;
	}

	/**
	 * Sets who is let in while there is room at all.
	 * @param admission the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder admission(AdmissionOptions admission) {
		this.admission = admission;
		return this;
	}

	/**
	 * Sets origins of pages that may connect; {@code *} = all.
	 * @param allowedOrigins the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder allowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
		return this;
	}

	/**
	 * Sets whether pages of the same host may connect, beside the allowed origins.
	 * @param allowSameHost the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder allowSameHost(boolean allowSameHost) {
		this.allowSameHost = allowSameHost;
		return this;
	}

	/**
	 * Sets where callbacks run of endpoints that do not say.
	 * @param execution the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder execution(Execution execution) {
		this.execution = execution;
		return this;
	}

	/**
	 * Sets limits of the opening handshake.
	 * @param handshake the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder handshake(HandshakeOptions handshake) {
		this.handshake = handshake;
		return this;
	}

	/**
	 * Sets limits of what comes in.
	 * @param inbound the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder inbound(InboundOptions inbound) {
		this.inbound = inbound;
		return this;
	}

	/**
	 * Sets limits of what waits to go out.
	 * @param outbound the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder outbound(OutboundOptions outbound) {
		this.outbound = outbound;
		return this;
	}

	/**
	 * Sets compression of messages.
	 * @param compression the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder compression(CompressionOptions compression) {
		this.compression = compression;
		return this;
	}

	/**
	 * Sets how sessions are closed when the server stops.
	 * @param shutdown the value
	 * @return this builder
	 */
	public WsServerOptionsBuilder shutdown(ShutdownOptions shutdown) {
		this.shutdown = shutdown;
		return this;
	}

	/**
	 * The options.
	 * @return the options
	 * @throws InvalidOptionException if a value is nonsensical
	 */
	public WsServerOptions build() {
		return new WsServerOptions(this.address, this.port, this.backlog, this.eventLoops, this.sizes.maxFrameSize(),
				this.sizes.maxMessageSize, this.sizes.maxFragments, this.sizes.fragmentationThreshold,
				this.liveness.idleTimeout, this.liveness.pingInterval(), this.liveness.pongTimeout(),
				this.liveness.closeTimeout, this.liveness.maxLifetime, this.maxConnections, this.admission,
				this.allowedOrigins, this.allowSameHost, this.execution, this.handshake, this.inbound, this.outbound,
				this.compression, this.shutdown);
	}

}
