package io.wsboot.benchmarks.server;

import java.time.Duration;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty without servlets, with its default threads. */
final class JettyServer implements EchoServer {

	@Override
	public int start(ServerMode mode) throws Exception {
		Server server = new Server();
		ServerConnector connector = connector(server, mode);
		connector.setHost("127.0.0.1");
		connector.setAcceptQueueSize(1024);
		server.addConnector(connector);
		JettyFanout.Group members = new JettyFanout.Group();
		server.setHandler(WebSocketUpgradeHandler.from(server, (container) -> {
			container.setMaxBinaryMessageSize(MAX_MESSAGE);
			container.setMaxTextMessageSize(MAX_MESSAGE);
			container.setMaxFrameSize(MAX_MESSAGE);
			container.setIdleTimeout(Duration.ofSeconds(60));
			container.addMapping(ECHO, (request, response, callback) -> new JettyEcho());
			container.addMapping(FANOUT, (request, response, callback) -> new JettyFanout(members));
		}));
		server.start();
		return connector.getLocalPort();
	}

	private static ServerConnector connector(Server server, ServerMode mode) throws Exception {
		if (mode != ServerMode.TLS) {
			return new ServerConnector(server);
		}
		HttpConfiguration http = new HttpConfiguration();
		http.addCustomizer(new SecureRequestCustomizer());
		SslContextFactory.Server tls = new SslContextFactory.Server();
		tls.setSslContext(Certificate.given().context());
		return new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
	}

}
