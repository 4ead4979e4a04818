package io.wsboot.server.connection;

import java.util.List;
import java.util.concurrent.ExecutorService;

import io.wsboot.protocol.Compression;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.handshake.HandshakeContext;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.OutboundWatermarks;
import io.wsboot.server.overload.InboundPressure;
import io.wsboot.server.overload.LoadShedding;
import io.wsboot.server.session.SessionContext;
import io.wsboot.server.spi.WsServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share.
 *
 * @param protocolLimits the options that the protocol observes
 * @param timeouts how long connections may take
 * @param tls how connections are encrypted; null if they are not
 * @param tlsThreads run what takes long in TLS handshakes
 * @param shedding keeps what waits for all peers within bounds
 * @param handshakes judges opening handshakes
 * @param scratches the working memory of each loop, by the loop's index
 */
public record ServerContext(ProtocolLimits protocolLimits, Timeouts timeouts, @Nullable TlsOptions tls,
		ExecutorService tlsThreads, LoadShedding shedding, HandshakeContext handshakes, List<ScratchMemory> scratches) {

	/** What all sessions share. */
	public SessionContext sessions() {
		return this.handshakes.sessions();
	}

	public WsServerOptions options() {
		return sessions().options();
	}

	public Capacity capacity() {
		return sessions().capacity();
	}

	public InboundPressure pressure() {
		return sessions().inbound().pressure();
	}

	WsServerObserver observer() {
		return sessions().observer();
	}

	NanoClock clock() {
		return sessions().clock();
	}

	/** What to agree on with a client that offers compression. */
	Compression.Offer compressionOffer() {
		CompressionOptions compression = options().compression();
		if (!compression.enabled()) {
			return Compression.Offer.NONE;
		}
		if (!compression.contextTakeover()) {
			return Compression.Offer.ALONE;
		}
		// a client that misses one message could not read the next, and one that waits
		// for room holds up the others
		return (options().outbound().overflow() == OverflowPolicy.CLOSE) ? Compression.Offer.KEEPING_BOTH_WINDOWS
				: Compression.Offer.KEEPING_CLIENT_WINDOW;
	}

	/** Room for what waits for a peer. */
	OutboundWatermarks watermarks() {
		return new OutboundWatermarks(options().outbound());
	}

}
