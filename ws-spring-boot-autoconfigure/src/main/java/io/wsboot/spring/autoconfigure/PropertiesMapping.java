package io.wsboot.spring.autoconfigure;

import java.time.Duration;

import io.wsboot.CloseStatus;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.ListenAddress;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.ShutdownOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Makes options of the properties.
 *
 * @param properties the properties
 */
record PropertiesMapping(WsServerProperties properties) {

	static final String PREFIX = "ws.server.";

	/** The shortest timeout of a stop; Spring's own timeout for a phase may be zero. */
	private static final Duration SHORTEST_STOP = Duration.ofMillis(1);

	/**
	 * Makes the options.
	 * @param phaseTimeout how long Spring waits for one phase of a shutdown
	 * @return a builder that holds the options
	 * @throws io.wsboot.server.config.InvalidOptionException if a value makes no sense
	 * @throws InvalidConfigurationPropertyValueException if a size is above
	 * {@link Integer#MAX_VALUE} bytes
	 */
	WsServerOptionsBuilder toOptions(Duration phaseTimeout) {
		WsServerOptionsBuilder options = WsServerOptions.builder()
			.address(address())
			.backlog(this.properties.backlog())
			.maxMessageSize(bytes("max-message-size", this.properties.maxMessageSize()))
			.maxFragments(this.properties.maxFragments())
			.fragmentationThreshold(bytes("fragmentation-threshold", this.properties.fragmentationThreshold()))
			.idleTimeout(this.properties.idleTimeout())
			.closeTimeout(this.properties.closeTimeout())
			.maxConnections(this.properties.maxConnections())
			.admission(new AdmissionOptions(orNone(this.properties.maxConnectionsPerAddress()),
					orNone(this.properties.maxConnectionsPerPrincipal()),
					orNone(this.properties.maxHandshakesPerSecond()),
					new ProxyOptions(this.properties.trustedProxies(), this.properties.forwardedHeaders(),
							this.properties.proxyProtocol()),
					this.properties.ipv6PrefixLength()))
			.allowedOrigins(this.properties.allowedOrigins())
			.allowSameHost(this.properties.allowSameHost())
			.execution(this.properties.execution())
			.handshake(handshake())
			.inbound(inbound())
			.outbound(outbound())
			.compression(compression())
			.shutdown(shutdown(phaseTimeout));
		setThoseThatFollowOthersUnlessSet(options);
		return options;
	}

	/**
	 * What is not set is left to the builder, as it depends on other options or on the
	 * machine.
	 */
	private void setThoseThatFollowOthersUnlessSet(WsServerOptionsBuilder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties.port()).to(options::port);
		map.from(this.properties.eventLoops()).to(options::eventLoops);
		map.from(this.properties.maxFrameSize()).as((size) -> bytes("max-frame-size", size)).to(options::maxFrameSize);
		map.from(this.properties.pingInterval()).to(options::pingInterval);
		map.from(this.properties.pongTimeout()).to(options::pongTimeout);
		map.from(this.properties.maxLifetime()).to(options::maxLifetime);
	}

	/**
	 * Whether the properties ask for a listener of the server's own: what says where or
	 * how to listen is said in vain without one.
	 */
	boolean wantsListener() {
		String bundle = this.properties.ssl().bundle();
		return this.properties.port() != null || this.properties.address() != null
				|| (bundle != null && !bundle.isEmpty());
	}

	private ListenAddress address() {
		String text = this.properties.address();
		ListenAddress address = (text != null) ? ListenAddress.of(text) : ListenAddress.ANY;
		String permissions = this.properties.unixPermissions();
		if (permissions == null) {
			return address;
		}
		if (address instanceof ListenAddress.Unix unix) {
			return unix.withPermissions(permissions);
		}
		throw new InvalidConfigurationPropertyValueException(PREFIX + "unix-permissions", permissions,
				"It needs a Unix-domain socket as the address, such as ws.server.address=unix:/run/app/ws.sock");
	}

	private HandshakeOptions handshake() {
		WsServerProperties.Handshake handshake = this.properties.handshake();
		return new HandshakeOptions(handshake.timeout(),
				bytes("handshake.max-request-line", handshake.maxRequestLine()),
				bytes("handshake.max-headers-size", handshake.maxHeadersSize()), handshake.maxHeaders(),
				this.properties.healthPath());
	}

	private InboundOptions inbound() {
		WsServerProperties.Inbound inbound = this.properties.inbound();
		DataSize bytesPerSecond = inbound.maxBytesPerSecond();
		DataSize total = inbound.maxTotalPending();
		return new InboundOptions(inbound.maxPendingMessages(),
				bytes("inbound.max-pending-bytes", inbound.maxPendingBytes()), orNone(inbound.maxMessagesPerSecond()),
				inbound.maxControlFramesPerSecond(), (bytesPerSecond != null) ? bytesPerSecond.toBytes() : 0,
				(total != null) ? total.toBytes() : InboundOptions.DEFAULTS.maxTotalPending());
	}

	private static int orNone(@Nullable Integer limit) {
		return (limit != null) ? limit : 0;
	}

	private OutboundOptions outbound() {
		WsServerProperties.Outbound outbound = this.properties.outbound();
		DataSize total = outbound.maxTotalQueued();
		int queued = bytes("outbound.max-queued", outbound.maxQueued());
		int mark = (outbound.highWaterMark() != null) ? bytes("outbound.high-water-mark", outbound.highWaterMark())
				: OutboundOptions.DEFAULTS.withMaxQueued(queued).highWaterMark();
		return new OutboundOptions(queued, mark, outbound.overflow(), outbound.stallTimeout(),
				(total != null) ? total.toBytes() : OutboundOptions.DEFAULTS.maxTotalQueued());
	}

	private CompressionOptions compression() {
		WsServerProperties.Compression compression = this.properties.compression();
		return new CompressionOptions(compression.enabled(), compression.level(),
				bytes("compression.threshold", compression.threshold()), compression.contextTakeover());
	}

	private ShutdownOptions shutdown(Duration phaseTimeout) {
		WsServerProperties.Shutdown shutdown = this.properties.shutdown();
		Duration longest = (phaseTimeout.compareTo(SHORTEST_STOP) > 0) ? phaseTimeout : SHORTEST_STOP;
		Duration timeout = (shutdown.timeout().compareTo(longest) < 0) ? shutdown.timeout() : longest;
		return new ShutdownOptions(shutdown.batchSize(), shutdown.batchInterval(), timeout);
	}

	/**
	 * Makes the status of Close frames whose code can be set.
	 * @param option the name of the property, behind the prefix
	 * @param code the value of the property
	 * @param reason tells the client why
	 * @return the status
	 * @throws InvalidConfigurationPropertyValueException if no server may send the code
	 */
	static CloseStatus closeStatus(String option, int code, String reason) {
		if (code >= 1000 && code <= 4999) {
			CloseStatus status = CloseStatus.of(code).withReason(reason);
			if (status.mayBeSent()) {
				return status;
			}
		}
		throw new InvalidConfigurationPropertyValueException(PREFIX + option, code,
				"Write 1008, or a code of the application's own from 4000 to 4999");
	}

	private static int bytes(String option, DataSize size) {
		if (size.toBytes() != (int) size.toBytes()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + option, size,
					"The server counts up to " + Integer.MAX_VALUE + " bytes");
		}
		return (int) size.toBytes();
	}

}
