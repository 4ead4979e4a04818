package io.wsboot.spring.jetty;

import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.springframework.util.ClassUtils;

/** Prepares the connectors of a Jetty for connections that are handed over. */
public final class JettyConnectors {

	/** A class that is there if Jetty speaks HTTP/2. */
	static final String HTTP2_FACTORY = "org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory";

	private static final boolean HTTP2 = ClassUtils.isPresent(HTTP2_FACTORY, JettyConnectors.class.getClassLoader());

	private JettyConnectors() {
	}

	/**
	 * Prepares all connectors of a server that has not been started: connections inside
	 * TLS can be taken over, or tell what they hold, and HTTP/2 connections do not offer
	 * extended CONNECT (RFC 8441 §3), so that clients open another connection for a
	 * WebSocket and speak HTTP/1.1 on it.
	 * @param server the server
	 */
	public static void prepare(Server server) {
		for (Connector connector : server.getConnectors()) {
			if (HTTP2) {
				Http2.offerNoConnect(connector);
			}
			if (connector instanceof ServerConnector sockets) {
				makeDetachable(sockets);
			}
		}
	}

	/** Replaces the factory of TLS connections, which has the same protocol. */
	private static void makeDetachable(ServerConnector connector) {
		SslConnectionFactory factory = connector.getConnectionFactory(SslConnectionFactory.class);
		if (factory != null && factory.getClass() == SslConnectionFactory.class) {
			connector.addConnectionFactory(DetachableSslConnection.Factory.like(factory));
		}
	}

	/** Loaded only if Jetty's HTTP/2 is there. */
	private static final class Http2 {

		static void offerNoConnect(Connector connector) {
			for (ConnectionFactory factory : connector.getConnectionFactories()) {
				if (factory instanceof AbstractHTTP2ServerConnectionFactory http2) {
					http2.setConnectProtocolEnabled(false);
				}
			}
		}

	}

}
