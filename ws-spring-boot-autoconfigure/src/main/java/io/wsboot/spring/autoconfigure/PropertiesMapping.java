package io.wsboot.spring.autoconfigure;

import java.time.Duration;

import io.wsboot.server.AdmissionOptions;
import io.wsboot.server.CompressionOptions;
import io.wsboot.server.HandshakeOptions;
import io.wsboot.server.InboundOptions;
import io.wsboot.server.OutboundOptions;
import io.wsboot.server.ProxyOptions;
import io.wsboot.server.ShutdownOptions;
import io.wsboot.server.WsServerOptions;
import io.wsboot.server.WsServerOptionsBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Turns properties into options.
 *
 * @param properties the properties
 */
record PropertiesMapping(WsServerProperties properties) {

	static final String PREFIX = "ws.server.";

	/**
	 * The options.
	 * @param phaseTimeout how long Spring waits for one phase of a shutdown
	 * @return a builder that holds them
	 * @throws io.wsboot.server.InvalidOptionException if a value is nonsensical
	 * @throws InvalidConfigurationPropertyValueException if a size is beyond what the
	 * server can count
	 */
	WsServerOptionsBuilder toOptions(Duration phaseTimeout) {
		WsServerOptionsBuilder options = WsServerOptions.builder()
			.address(this.properties.address())
			.port(this.properties.port())
			.backlog(this.properties.backlog())
			.maxFrameSize(bytes("max-frame-size", this.properties.maxFrameSize()))
			.maxMessageSize(bytes("max-message-size", this.properties.maxMessageSize()))
			.maxFragments(this.properties.maxFragments())
			.fragmentationThreshold(bytes("fragmentation-threshold", this.properties.fragmentationThreshold()))
			.idleTimeout(this.properties.idleTimeout())
			.pingInterval(this.properties.pingInterval())
			.pongTimeout(this.properties.pongTimeout())
			.closeTimeout(this.properties.closeTimeout())
			.maxConnections(this.properties.maxConnections())
			.admission(new AdmissionOptions(orNone(this.properties.maxConnectionsPerAddress()),
					orNone(this.properties.maxConnectionsPerPrincipal()),
					orNone(this.properties.maxHandshakesPerSecond()),
					new ProxyOptions(this.properties.trustedProxies(), this.properties.forwardedHeaders())))
			.allowedOrigins(this.properties.allowedOrigins())
			.execution(this.properties.execution())
			.handshake(handshake())
			.inbound(inbound())
			.outbound(outbound())
			.compression(compression())
			.shutdown(shutdown(phaseTimeout));
		if (this.properties.eventLoops() != null) {
			options.eventLoops(this.properties.eventLoops());
		}
		if (this.properties.maxLifetime() != null) {
			options.maxLifetime(this.properties.maxLifetime());
		}
		return options;
	}

	private HandshakeOptions handshake() {
		WsServerProperties.Handshake handshake = this.properties.handshake();
		return new HandshakeOptions(handshake.timeout(),
				bytes("handshake.max-request-line", handshake.maxRequestLine()),
				bytes("handshake.max-headers-size", handshake.maxHeadersSize()), handshake.maxHeaders());
	}

	private InboundOptions inbound() {
		WsServerProperties.Inbound inbound = this.properties.inbound();
		DataSize bytesPerSecond = inbound.maxBytesPerSecond();
		return new InboundOptions(inbound.maxPendingMessages(),
				bytes("inbound.max-pending-bytes", inbound.maxPendingBytes()), orNone(inbound.maxMessagesPerSecond()),
				inbound.maxControlFramesPerSecond(), (bytesPerSecond != null) ? bytesPerSecond.toBytes() : 0);
	}

	private static int orNone(@Nullable Integer limit) {
		return (limit != null) ? limit : 0;
	}

	private OutboundOptions outbound() {
		WsServerProperties.Outbound outbound = this.properties.outbound();
		DataSize total = outbound.maxTotalQueued();
		return new OutboundOptions(bytes("outbound.max-queued", outbound.maxQueued()),
				bytes("outbound.high-water-mark", outbound.highWaterMark()), outbound.overflow(),
				outbound.stallTimeout(), (total != null) ? total.toBytes() : OutboundOptions.DEFAULTS.maxTotalQueued());
	}

	private CompressionOptions compression() {
		WsServerProperties.Compression compression = this.properties.compression();
		return new CompressionOptions(compression.enabled(), compression.level(),
				bytes("compression.threshold", compression.threshold()), compression.contextTakeover());
	}

	private ShutdownOptions shutdown(Duration phaseTimeout) {
		WsServerProperties.Shutdown shutdown = this.properties.shutdown();
		Duration timeout = (shutdown.timeout().compareTo(phaseTimeout) < 0) ? shutdown.timeout() : phaseTimeout;
		return new ShutdownOptions(shutdown.batchSize(), shutdown.batchInterval(), timeout);
	}

	private static int bytes(String option, DataSize size) {
		if (size.toBytes() != (int) size.toBytes()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + option, size,
					"The server counts up to " + Integer.MAX_VALUE + " bytes");
		}
		return (int) size.toBytes();
	}

}
