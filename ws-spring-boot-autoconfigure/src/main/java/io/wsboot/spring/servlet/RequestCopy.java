package io.wsboot.spring.servlet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.spring.servlet.HttpSessionSockets.Sockets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Copies requests of a servlet container, which recycles them. What the container and its
 * filters believe counts: a {@code ForwardedHeaderFilter}, for example, knows the client
 * behind a proxy. Any thread.
 */
public final class RequestCopy {

	private final List<String> sessionAttributes;

	private final @Nullable HttpSessionSockets sockets;

	/**
	 * Creates a copier that copies no attribute. WebSocket sessions outlive their
	 * {@code HttpSession}.
	 */
	public RequestCopy() {
		this.sessionAttributes = List.of();
		this.sockets = null;
	}

	/**
	 * Creates a copier.
	 * @param sessionAttributes the names of those attributes of the {@code HttpSession}
	 * that become attributes of the WebSocket session
	 * @param sockets closes WebSocket sessions whose {@code HttpSession} ends
	 */
	public RequestCopy(List<String> sessionAttributes, HttpSessionSockets sockets) {
		this.sessionAttributes = List.copyOf(sessionAttributes);
		this.sockets = sockets;
	}

	/** Copies a request. Makes no {@code HttpSession}. */
	UpgradeRequest of(HttpServletRequest request, String path) {
		HandshakeRequest handshake = new HandshakeRequest(path, request.getQueryString(), headers(request), Map.of(),
				client(request));
		return new UpgradeRequest(request.getMethod(), request.getProtocol(), handshake, host(request),
				request.getUserPrincipal(), null, attributes(request.getSession(false)));
	}

	private static Headers headers(HttpServletRequest request) {
		List<Headers.Field> fields = new ArrayList<>();
		for (String name : Collections.list(request.getHeaderNames())) {
			for (String value : Collections.list(request.getHeaders(name))) {
				fields.add(new Headers.Field(name, value));
			}
		}
		return Headers.of(fields);
	}

	private static @Nullable InetSocketAddress client(HttpServletRequest request) {
		InetAddress address = AddressLiteral.parse(request.getRemoteAddr());
		int port = request.getRemotePort();
		return (address == null) ? null : new InetSocketAddress(address, (port > 0 && port <= 0xFFFF) ? port : 0);
	}

	private static String host(HttpServletRequest request) {
		String name = request.getServerName();
		boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
		return (bare ? "[" + name + "]" : name) + ":" + request.getServerPort();
	}

	private Map<String, Object> attributes(@Nullable HttpSession session) {
		if (session == null || this.sockets == null) {
			return Map.of();
		}
		try {
			return copy(session, this.sockets);
		}
		catch (IllegalStateException ex) { // the session has ended meanwhile
			return Map.of(HttpSessionSockets.ATTRIBUTE, Sockets.ENDED);
		}
	}

	private Map<String, Object> copy(HttpSession session, HttpSessionSockets sockets) {
		Map<String, Object> attributes = new HashMap<>();
		for (String name : this.sessionAttributes) {
			Object value = session.getAttribute(name);
			if (value != null) {
				attributes.put(name, value);
			}
		}
		attributes.put(HttpSessionSockets.ATTRIBUTE, sockets.of(session));
		return attributes;
	}

}
