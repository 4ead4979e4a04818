package io.wsboot.spring.jetty;

import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.spring.servlet.ServletHandOver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.WebServer;

/**
 * Makes Jetty 12.1 hand connections over. Jetty upgrades a connection behind a response
 * with the status 101 (Jetty's {@code HttpStream.UPGRADE_CONNECTION_ATTRIBUTE}); what
 * Jetty upgrades to is {@link SocketTakeOver} or {@link EndPointWire}. Only public
 * classes of Jetty are used.
 */
public final class JettyHandOver implements ServletHandOver {

	private final boolean takeOver;

	/**
	 * Creates a hand-over.
	 * @param takeOver whether the server takes over the sockets that Jetty can let go;
	 * false if Jetty keeps all sockets
	 */
	public JettyHandOver(boolean takeOver) {
		this.takeOver = takeOver;
	}

	@Override
	public boolean supports(WebServer server) {
		return server instanceof JettyWebServer;
	}

	@Override
	public void accept(Upgrade upgrade, HttpServletRequest request, HttpServletResponse response)
			throws ServletException {
		Request core = core(request);
		ConnectionMetaData http = core.getConnectionMetaData();
		if (http.getHttpVersion() != HttpVersion.HTTP_1_1) {
			throw new ServletException("Jetty upgrades no connection of " + http.getHttpVersion());
		}
		Connection next = next(upgrade, http);
		core.addHttpStreamWrapper((stream) -> new AnswerStream(stream, core, upgrade, next));
		response.setStatus(upgrade.status());
		for (Headers.Field field : upgrade.headers().fields()) {
			response.addHeader(field.name(), field.value());
		}
	}

	private static Request core(HttpServletRequest request) throws ServletException {
		try {
			return ServletContextRequest.getServletContextRequest(request);
		}
		catch (IllegalStateException ex) {
			throw new ServletException("no request of Jetty's", ex);
		}
	}

	private Connection next(Upgrade upgrade, ConnectionMetaData http) {
		EndPoint endPoint = http.getConnection().getEndPoint();
		Connection socket = this.takeOver ? SocketTakeOver.of(endPoint, http.getConnector(), upgrade) : null;
		return (socket != null) ? socket : new EndPointWire(endPoint, http.getConnector(), upgrade);
	}

}
