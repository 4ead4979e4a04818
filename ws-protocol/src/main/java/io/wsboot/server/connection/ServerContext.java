package io.wsboot.server.connection;

import java.util.List;
import java.util.concurrent.ExecutorService;

import io.wsboot.protocol.Compression;
import io.wsboot.protocol.HandshakeListener;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.protocol.Scratch;
import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.handshake.HandshakeContext;
import io.wsboot.server.loop.EventLoop;
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
 * @param protocolLimits the limits that the protocol enforces
 * @param timeouts the timeouts of connections
 * @param tls how connections are encrypted; null if they are not
 * @param tlsThreads run the expensive steps of TLS handshakes
 * @param shedding bounds the bytes that wait for all peers together
 * @param handshakes decides about opening handshakes
 * @param scratches the scratch memory of each loop, by the loop's index
 */
public record ServerContext(ProtocolLimits protocolLimits, Timeouts timeouts, @Nullable TlsOptions tls,
		ExecutorService tlsThreads, LoadShedding shedding, HandshakeContext handshakes, List<ScratchMemory> scratches) {

	/** What all sessions share. */
	public SessionContext sessions() {
		return this.handshakes.sessions();
	}

	/** The options in force. */
	public WsServerOptions options() {
		return sessions().options();
	}

	/** Counts the server's sockets and sessions. */
	public Capacity capacity() {
		return sessions().capacity();
	}

	/** Bounds the input that all connections together hold. */
	public InboundPressure pressure() {
		return sessions().inbound().pressure();
	}

	/** The observer of the server. */
	WsServerObserver observer() {
		return sessions().observer();
	}

	/** The server's clock. */
	NanoClock clock() {
		return sessions().clock();
	}

	/**
	 * Makes the protocol of a connection.
	 * @param handshake is told of the request; null if somebody else reads and answers it
	 */
	ServerProtocol protocol(EventLoop loop, @Nullable HandshakeListener handshake) {
		Scratch scratch = this.scratches.get(loop.index()).scratch();
		return (handshake == null) ? new ServerProtocol(scratch)
				: new ServerProtocol(this.protocolLimits, scratch, compressionOffer(), handshake);
	}

	/** What the server agrees on with a client that offers permessage-deflate. */
	Compression.Offer compressionOffer() {
		CompressionOptions compression = options().compression();
		if (!compression.enabled()) {
			return Compression.Offer.NONE;
		}
		if (!compression.contextTakeover()) {
			return Compression.Offer.ALONE;
		}
		// context takeover needs every message in order: no policy may drop a message,
		// and a sender that waits for room would hold up the senders behind it
		return (options().outbound().overflow() == OverflowPolicy.CLOSE) ? Compression.Offer.KEEPING_BOTH_WINDOWS
				: Compression.Offer.KEEPING_CLIENT_WINDOW;
	}

	/** The watermarks of a new connection's output. */
	OutboundWatermarks watermarks() {
		return new OutboundWatermarks(options().outbound());
	}

}
