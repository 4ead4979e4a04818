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
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a server share.
 *
 * @param options the options in force
 * @param frames how outgoing messages are split
 * @param compressors compress outgoing messages
 * @param latestKeys tells which keys of messages are equal
 * @param converter writes objects
 * @param observer hears of what happens
 * @param clock the time
 * @param capacity counts sessions
 * @param inbound delivers messages to handlers
 */
public record SessionContext(WsServerOptions options, DataFrames frames, Compressors compressors, LatestKeys latestKeys,
		PayloadConverter converter, WsServerObserver observer, NanoClock clock, Capacity capacity,
		InboundContext inbound) {

	/**
	 * The newest message about something, on its way to one session or to many. The key
	 * counts only under {@link OverflowPolicy#CONFLATE}.
	 */
	MessageEncoder latest(Object key, Message message) {
		boolean conflates = this.options.outbound().overflow() == OverflowPolicy.CONFLATE;
		return MessageEncoder.latest(this.frames, conflates ? this.latestKeys.of(key) : null, message);
	}

	/** How a session compresses; null if nothing was agreed on. */
	@Nullable SessionCompression compression(@Nullable Compression agreed) {
		return (agreed == null) ? null
				: new SessionCompression(agreed, this.compressors, this.options.compression().threshold());
	}

}
