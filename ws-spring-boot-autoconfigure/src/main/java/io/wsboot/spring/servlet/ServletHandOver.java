package io.wsboot.spring.servlet;

import java.io.IOException;

import io.wsboot.server.spi.Upgrade;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.server.WebServer;

/**
 * Makes one kind of servlet container hand a connection over to the server, behind the
 * answer that the container writes. The port of a web server is shared if a bean of this
 * type supports that web server.
 */
public interface ServletHandOver {

	/**
	 * Tells whether the container of a web server can hand connections over. Called once
	 * the web server has been created, before the web server accepts connections, and
	 * perhaps again.
	 * @param server the web server of the application
	 * @return whether {@link #accept} works for requests of the web server
	 */
	boolean supports(WebServer server);

	/**
	 * Answers an accepted upgrade with 101 and the upgrade's header fields, and arranges
	 * that the container calls one of the upgrade's {@code adopt} methods behind the
	 * answer, or {@link Upgrade#abandon} if the answer cannot be sent. Called by a thread
	 * of the container's, within the filters.
	 * @param upgrade the accepted upgrade
	 * @param request the request, perhaps wrapped by filters
	 * @param response the response, perhaps wrapped by filters, not committed
	 * @throws IOException if the container cannot hand the connection over; the caller
	 * then abandons the upgrade
	 * @throws ServletException for the same reason
	 * @throws UnsupportedOperationException if the connection speaks a protocol that has
	 * no upgrade, as AJP; nothing has been sent, and the caller answers with 501
	 */
	void accept(Upgrade upgrade, HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException;

}
