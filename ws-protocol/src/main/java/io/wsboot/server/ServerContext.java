package io.wsboot.server;

import java.util.concurrent.Executor;

import io.wsboot.PayloadConverter;
import io.wsboot.protocol.DataFrames;
import io.wsboot.protocol.ProtocolLimits;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share.
 *
 * @param options the options in force
 * @param protocolLimits those of them that the protocol heeds
 * @param frames how outgoing messages are split
 * @param router finds endpoints by path
 * @param origins which pages may connect
 * @param capacity counts connections
 * @param executor runs handlers of {@link io.wsboot.Execution#WORKER}
 * @param converter writes objects
 * @param observer hears of what happens
 * @param tls how connections are encrypted; null if they are not
 * @param clock the time
 */
record ServerContext(WsServerOptions options, ProtocolLimits protocolLimits, DataFrames frames, Router<Endpoint> router,
		OriginPolicy origins, Capacity capacity, Executor executor, PayloadConverter converter,
		WsServerObserver observer, @Nullable TlsOptions tls, NanoClock clock) {
}
