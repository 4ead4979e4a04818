package io.wsboot.spring.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.server.WsServer;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.spring.servlet.RequestCopy;
import io.wsboot.spring.servlet.ServletHandOver;
import io.wsboot.spring.servlet.ServletUpgrades;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Upgrades requests of a servlet container to sessions of the server. Spring has routed
 * the request, and judged origin, subprotocol and user; the server judges the rest, such
 * as its limits, and a refusal of the server's is the answer to the client. Any thread of
 * the container's.
 */
public final class EngineUpgradeStrategy implements RequestUpgradeStrategy {

	private final Supplier<? extends @Nullable Upgrades> server;

	private final ServletUpgrades upgrades;

	private final HandlerEndpoints endpoints;

	private final WsServerOptions options;

	private final MessageSizes sizes;

	/** Most clients connect to the same address: their sessions share one object. */
	private volatile @Nullable InetSocketAddress localAddress;

	/**
	 * Creates the strategy.
	 * @param server returns the upgrades of the running server; null before the first
	 * start
	 * @param upgrades answers requests of the servlet container
	 * @param options the server's options
	 * @param sizes how big messages may be
	 * @param execution where handlers are called. {@link Execution#EVENT_LOOP} is a
	 * promise that no handler blocks
	 */
	public EngineUpgradeStrategy(Supplier<? extends @Nullable Upgrades> server, ServletUpgrades upgrades,
			WsServerOptions options, MessageSizes sizes, Execution execution) {
		this.server = server;
		this.upgrades = upgrades;
		this.options = options;
		this.sizes = sizes;
		EndpointOptions endpoint = EndpointOptions.DEFAULTS.withExecution(execution);
		this.endpoints = new HandlerEndpoints((sizes.bytes() == options.maxMessageSize()) ? endpoint
				: endpoint.withLimits(EndpointLimits.OF_SERVER.withMaxMessageSize(sizes.bytes())));
	}

	/**
	 * Creates the strategy for an application that wires its own beans, without the
	 * starter's auto-configuration:
	 *
	 * <pre>
	 * &#64;Bean
	 * WsServer server() {
	 * 	return WsServer.builder().withoutListener().start();
	 * }
	 *
	 * &#64;Bean
	 * HandshakeHandler handshakeHandler(WsServer server) {
	 * 	return new DefaultHandshakeHandler(new EngineUpgradeStrategy(server, new TomcatHandOver(true)));
	 * }
	 * </pre>
	 *
	 * Handlers are called on workers.
	 * @param server the running server, which may have no listener of its own
	 * @param handOver hands connections of the servlet container over
	 */
	public EngineUpgradeStrategy(WsServer server, ServletHandOver handOver) {
		this(server::upgrades,
				new ServletUpgrades(server::upgrades, () -> handOver, new RequestCopy(),
						server.options().handshake().timeout()),
				server.options(), MessageSizes.of(server.options().maxMessageSize()), Execution.WORKER);
	}

	@Override
	public String[] getSupportedVersions() {
		return new String[] { "13" };
	}

	/**
	 * Returns permessage-deflate if the server speaks it. The server itself agrees with
	 * the client on the parameters.
	 */
	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return this.options.compression().enabled()
				? List.of(new WebSocketExtension(EngineWebSocketSession.PERMESSAGE_DEFLATE)) : List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String selectedProtocol,
			List<WebSocketExtension> selectedExtensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		Assert.isInstanceOf(ServletServerHttpRequest.class, request);
		Assert.isInstanceOf(ServletServerHttpResponse.class, response);
		Upgrades server = this.server.get();
		if (server == null) {
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			return;
		}
		if (!this.upgrades.isShared()) {
			throw new HandshakeFailureException("This application's WebSocket server does not share the port of the web"
					+ " server (see ws.server.web.enabled), so it cannot upgrade " + request.getURI());
		}
		HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
		EngineWebSocketSession session = new EngineWebSocketSession(handler, attributes, uri(request.getURI()),
				localAddress(request), this.sizes);
		try {
			this.upgrades.upgrade(asked, answer, copy(asked, user, selectedProtocol, session),
					this.endpoints.of(server, pattern(asked), handler));
		}
		catch (IOException | ServletException ex) {
			throw new HandshakeFailureException("Servlet request failed to upgrade to WebSocket: " + request.getURI(),
					ex);
		}
	}

	private UpgradeRequest copy(HttpServletRequest request, @Nullable Principal user, @Nullable String protocol,
			EngineWebSocketSession session) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		UpgradeRequest copy = this.upgrades.copy(request, path);
		Map<String, Object> attributes = new HashMap<>(copy.attributes());
		attributes.put(WebSocketDispatch.SESSION, session);
		return new UpgradeRequest(copy.method(), copy.protocol(), copy.handshake(), copy.host(), user, protocol,
				attributes);
	}

	/** The pattern under which the application has registered the handler. */
	private static String pattern(HttpServletRequest request) {
		return Optional.ofNullable(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
			.map(Object::toString)
			.orElseGet(() -> request.getHttpServletMapping().getPattern());
	}

	/** From {@code http} to {@code ws}, from {@code https} to {@code wss}. */
	private static String uri(URI uri) {
		return "ws" + uri.toString().substring("http".length());
	}

	/** Null on a Unix-domain socket, which has no such address. */
	private @Nullable InetSocketAddress localAddress(ServerHttpRequest request) {
		InetSocketAddress address;
		try {
			address = request.getLocalAddress();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		InetSocketAddress last = this.localAddress;
		if (address.equals(last)) {
			return last;
		}
		this.localAddress = address;
		return address;
	}

}
