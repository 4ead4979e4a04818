package io.wsboot.docs.plain;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Set;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsSession;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.WsServerStats;

final class RoomServer {

	private RoomServer() {
	}

	static WsServer start(int port) {
		OutboundOptions outbound = new OutboundOptions(256 * 1024, 64 * 1024, OverflowPolicy.DROP_OLDEST,
				Duration.ofSeconds(30));
		WsServer server = WsServer.builder()
			.options((options) -> options.port(port).maxMessageSize(64 * 1024).outbound(outbound))
			.start();
		server.addHandler("/rooms/{room}", new Room(server.sessions()));
		return server;
	}

	static EndpointOptions onTheLoop() {
		return EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)
			.withSubprotocols("chat.v2", "chat.v1")
			.withLimits(EndpointLimits.OF_SERVER.withMaxMessageSize(4096).withMaxMessagesPerSecond(50));
	}

	static TlsOptions tls(Path keyStore, char[] password) throws GeneralSecurityException, IOException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return TlsOptions.of(context);
	}

	static String describe(WsServer server) {
		WsServerStats stats = server.stats();
		return "%d sessions, %d of %d loops alive, %d bytes wait for slow readers".formatted(server.sessions().count(),
				stats.loopsAlive(), stats.loops(), stats.queuedBytes());
	}

	static boolean isBehind(WsSession session) {
		return SessionStats.of(session).congested();
	}

	static Set<String> watch(WsServer server, WsSession session) {
		server.trafficLog().start(session.id(), 64); // bytes of each payload to show
		return server.trafficLog().sessions();
	}

	static void stop(WsServer server) {
		server.stop().thenRun(() -> System.out.println("all sessions are closed"));
	}

}
