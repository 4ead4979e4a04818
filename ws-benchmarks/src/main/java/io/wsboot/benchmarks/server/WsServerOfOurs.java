package io.wsboot.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.WsServer;
import io.wsboot.server.WsServerBuilder;
import io.wsboot.server.config.AdmissionOptions;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import io.wsboot.spring.metrics.WsServerMeters;
import io.wsboot.spring.metrics.WsServerStatsMeters;
import org.jspecify.annotations.Nullable;

/**
 * Our server in plain Java, with one event loop that the handlers run on.
 *
 * @param guarded whether it has meters, every limit that is optional, and its timers;
 * else those that can be turned off are off
 */
record WsServerOfOurs(boolean guarded) implements EchoServer {

	/** Out of reach, but every message is held against it. */
	private static final int MANY = 500_000_000;

	@Override
	public int start(ServerMode mode) throws GeneralSecurityException, IOException {
		EndpointOptions onLoop = EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP);
		Fanout fanout = new Fanout();
		WsServerBuilder builder = WsServer.builder()
			.options((options) -> configure(options, mode))
			.handler(ECHO, new Echo(), onLoop)
			.handler(FANOUT, fanout, onLoop);
		if (mode == ServerMode.TLS) {
			builder.tls(TlsOptions.of(Certificate.given().context()));
		}
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		if (this.guarded) {
			builder.observer(new WsServerMeters(registry));
		}
		WsServer server = builder.start();
		if (this.guarded) {
			new WsServerStatsMeters(registry, () -> server).register(server.stats());
		}
		fanout.members = server.sessions().at(FANOUT);
		return server.port();
	}

	private void configure(WsServerOptionsBuilder options, ServerMode mode) {
		options.port(0).eventLoops(1).maxConnections(MAX_CONNECTIONS);
		options.maxMessageSize(MAX_MESSAGE).maxFrameSize(MAX_MESSAGE);
		OutboundOptions outbound = OutboundOptions.DEFAULTS;
		if (this.guarded) {
			// a slow machine may take longer to open so many than they may be idle, and
			// the
			// load expects no Pings
			options.idleTimeout(Duration.ofMinutes(10)).pingInterval(Duration.ofMinutes(5));
			options.admission(new AdmissionOptions(MAX_CONNECTIONS, MAX_CONNECTIONS, MANY));
			InboundOptions inbound = InboundOptions.DEFAULTS;
			options.inbound(new InboundOptions(inbound.maxPendingMessages(), inbound.maxPendingBytes(), MANY,
					inbound.maxControlFramesPerSecond(), Integer.MAX_VALUE));
			options.outbound(new OutboundOptions(2 * MAX_MESSAGE, outbound.highWaterMark(), outbound.overflow(),
					outbound.stallTimeout()));
		}
		else {
			options.idleTimeout(Duration.ZERO).pingInterval(Duration.ZERO).pongTimeout(Duration.ZERO);
			options.outbound(
					new OutboundOptions(2 * MAX_MESSAGE, outbound.highWaterMark(), outbound.overflow(), Duration.ZERO));
		}
		if (mode == ServerMode.DEFLATE) {
			options.compression(new CompressionOptions(true, 6, 1024, false));
		}
	}

	/** Sends back what comes. */
	private static final class Echo implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	}

	/** Sends what comes to all. */
	private static final class Fanout implements WsHandler {

		private volatile @Nullable WsSessions members;

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			WsSessions members = this.members;
			if (members != null) {
				members.broadcast(Message.binary(payload));
			}
		}

	}

}
