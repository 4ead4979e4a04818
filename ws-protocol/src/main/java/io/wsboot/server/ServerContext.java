package io.wsboot.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.protocol.Compression;
import io.wsboot.protocol.DataFrames;
import io.wsboot.protocol.ProtocolLimits;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share.
 *
 * @param options the options in force
 * @param protocolLimits those of them that the protocol heeds
 * @param frames how outgoing messages are split
 * @param compressors compress outgoing messages
 * @param latestKeys tells which keys of messages are equal
 * @param router finds endpoints by path
 * @param health answers probes
 * @param origins which pages may connect
 * @param proxies who is believed about whom it connects for
 * @param capacity counts connections
 * @param timeouts how long connections may take
 * @param executor runs handlers of {@link io.wsboot.Execution#WORKER}
 * @param converter writes objects
 * @param observer hears of what happens
 * @param calls calls handlers
 * @param tls how connections are encrypted; null if they are not
 * @param tlsThreads run what takes long in TLS handshakes
 * @param shedding keeps what waits in all connections within bounds
 * @param pressure keeps what has arrived and not been handled within bounds
 * @param shortage knows when workers are too busy for handshakes
 * @param clock the time
 */
record ServerContext(WsServerOptions options, ProtocolLimits protocolLimits, DataFrames frames, Compressors compressors,
		LatestKeys latestKeys, Router<Endpoint> router, HealthPath health, OriginPolicy origins, TrustedProxies proxies,
		Capacity capacity, Timeouts timeouts, Executor executor, PayloadConverter converter, WsServerObserver observer,
		HandlerCalls calls, @Nullable TlsOptions tls, ExecutorService tlsThreads, LoadShedding shedding,
		InboundPressure pressure, WorkerShortage shortage, NanoClock clock) {

	/** What to agree on with a client that offers compression. */
	Compression.Offer compressionOffer() {
		CompressionOptions compression = this.options.compression();
		if (!compression.enabled()) {
			return Compression.Offer.NONE;
		}
		if (!compression.contextTakeover()) {
			return Compression.Offer.ALONE;
		}
		// a client that misses one message could not read the next, and one that waits
		// for room holds up the others
		return (this.options.outbound().overflow() == OverflowPolicy.CLOSE) ? Compression.Offer.KEEPING_BOTH_WINDOWS
				: Compression.Offer.KEEPING_CLIENT_WINDOW;
	}

	/**
	 * The newest message about something, on its way to one session or to many. The key
	 * counts only if that is the policy.
	 */
	OutgoingMessage latest(Object key, Message message) {
		boolean conflates = this.options.outbound().overflow() == OverflowPolicy.CONFLATE;
		return OutgoingMessage.latest(this.frames, conflates ? this.latestKeys.of(key) : null, message);
	}

	/** Room for what waits for a peer. */
	OutboundRoom room() {
		return new OutboundRoom(this.options.outbound());
	}

	/** How a session compresses; null if nothing was agreed on. */
	@Nullable SessionCompression compression(@Nullable Compression agreed) {
		return (agreed == null) ? null
				: new SessionCompression(agreed, this.compressors, this.options.compression().threshold());
	}

}
