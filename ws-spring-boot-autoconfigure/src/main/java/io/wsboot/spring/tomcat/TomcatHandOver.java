package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.time.Duration;

import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.spring.servlet.ServletHandOver;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.RequestFacade;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

/**
 * Hands connections of Tomcat 11 over. Sockets of the NIO connector are taken over, plain
 * ones and those inside TLS of the JDK; all other connections are spoken to over a wire.
 */
public final class TomcatHandOver implements ServletHandOver {

	/** How long the stop of a connector waits for sessions over wires to end in order. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(TomcatHandOver.class);

	private final boolean takeOver;

	private final OpenWires wires;

	/**
	 * Creates a hand-over, and looks whether Tomcat's internal classes are as expected.
	 * If some of those that taking over a socket needs are not, a warning names what is
	 * missing, and all connections use the wire.
	 * @param takeOver whether to take sockets over; if not, all connections use the wire
	 * @throws IllegalStateException if Tomcat has not even what the wire needs
	 */
	public TomcatHandOver(boolean takeOver) {
		this(takeOver, PATIENCE);
	}

	TomcatHandOver(boolean takeOver, Duration patience) {
		String missing = TomcatInternals.missingForWire();
		if (missing != null) {
			throw new IllegalStateException("This version of Tomcat cannot hand its connections over (" + missing
					+ "). Give the WebSocket endpoints a port of their own, or use Tomcat 11.0.");
		}
		this.takeOver = takeOver && isPossible();
		this.wires = new OpenWires(patience);
	}

	private static boolean isPossible() {
		String missing = TomcatInternals.missingForTakeOver();
		if (missing != null) {
			logger.warn("Tomcat goes on reading and writing the sockets of WebSocket connections, which costs CPU time "
					+ "and memory, as this version of Tomcat is not as expected: " + missing);
		}
		return missing == null;
	}

	/**
	 * Tells whether sockets are taken over where that is possible.
	 * @return false if all connections use the wire
	 */
	public boolean takesOver() {
		return this.takeOver;
	}

	@Override
	public boolean supports(WebServer server) {
		if (server instanceof TomcatWebServer tomcat) {
			this.wires.of(tomcat.getTomcat().getService());
			return true;
		}
		return false;
	}

	OpenWires wires() {
		return this.wires;
	}

	/**
	 * {@inheritDoc}
	 * @throws ServletException if the request is none of Tomcat's for HTTP/1.1. A stream
	 * of HTTP/2 cannot be upgraded (RFC 9113 §8.6)
	 */
	@Override
	public void accept(Upgrade upgrade, HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		RequestFacade own = unwrap(request);
		if (own == null) {
			throw new ServletException("The request is none of Tomcat's: " + request.getClass().getName());
		}
		if (!"HTTP/1.1".equals(own.getProtocol())) {
			throw new ServletException(own.getProtocol() + " knows no upgrade");
		}
		for (Headers.Field field : upgrade.headers().fields()) {
			response.addHeader(field.name(), field.value());
		}
		response.setStatus(upgrade.status());
		// Behind the header fields: Tomcat keeps MBeans per protocol that is upgraded to.
		own.upgrade(UpgradedConnection.class).expect(upgrade, this.takeOver, this.wires);
		// At once: Tomcat would upgrade, too, if a filter changed the status later.
		response.flushBuffer();
	}

	private static @Nullable RequestFacade unwrap(HttpServletRequest request) {
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
		}
		return (inner instanceof RequestFacade own) ? own : null;
	}

}
