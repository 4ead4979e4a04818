package io.wsboot.server.session;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.protocol.Compression;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.inbound.InboundContext;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.outbound.LatestKeys;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.outbound.SessionCompression;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a server share.
 *
 * @param options the options in force
 * @param frames encode outgoing messages
 * @param compressors compress outgoing messages
 * @param latestKeys make the keys of {@code sendLatest}
 * @param converter turns objects into messages
 * @param observer told what happens
 * @param clock the server's clock
 * @param capacity counts sessions
 * @param inbound delivers messages to handlers
 * @param topics the server's topics
 */
public record SessionContext(WsServerOptions options, DataFrames frames, Compressors compressors, LatestKeys latestKeys,
		PayloadConverter converter, WsServerObserver observer, NanoClock clock, Capacity capacity,
		InboundContext inbound, Topics topics) {

	/**
	 * Encodes a message for one session or many that replaces a waiting message with an
	 * equal key. The key counts only under {@link OverflowPolicy#CONFLATE}.
	 */
	MessageEncoder latest(Object key, Message message) {
		boolean conflates = this.options.outbound().overflow() == OverflowPolicy.CONFLATE;
		return MessageEncoder.latest(this.frames, conflates ? this.latestKeys.of(key) : null, message);
	}

	/**
	 * How a session compresses its messages.
	 * @param agreed the agreement of the handshake; null without compression
	 * @return null without compression
	 */
	@Nullable SessionCompression compression(@Nullable Compression agreed) {
		return (agreed == null) ? null
				: new SessionCompression(agreed, this.compressors, this.options.compression().threshold());
	}

}
