package io.wsboot.spring.websocket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.EndpointOptions;
import io.wsboot.MessageDelivery;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.WebSocketHandler;

/**
 * The endpoints of the running server that Spring's mappings route to, one for each
 * pattern. An endpoint is added when the first client comes; a server that is started
 * anew has none. Any thread.
 */
final class HandlerEndpoints {

	/**
	 * The most patterns that have an endpoint of their own. To the default handler of a
	 * mapping, Spring gives each path that clients name for a pattern.
	 */
	static final int MOST = 1000;

	/** Stands for all further patterns. */
	static final String OTHERS = "/**";

	private final EndpointOptions options;

	private volatile @Nullable Added added;

	/**
	 * Creates endpoints.
	 * @param options where handlers are called, and how big messages may be
	 */
	HandlerEndpoints(EndpointOptions options) {
		this.options = options;
	}

	/**
	 * Returns the endpoint of a pattern.
	 * @param server the running server's upgrades
	 * @param pattern the pattern, as the application has registered it
	 * @param handler decides how messages are delivered
	 */
	HostEndpoint of(Upgrades server, String pattern, WebSocketHandler handler) {
		EndpointOptions options = WebSocketHandlers.delivery(this.options, handler);
		Map<Key, HostEndpoint> endpoints = of(server).endpoints();
		Key key = new Key(pattern, options.text());
		if (!endpoints.containsKey(key) && endpoints.size() >= MOST) {
			key = new Key(OTHERS, options.text());
		}
		return endpoints.computeIfAbsent(key,
				(its) -> server.endpoint(its.pattern(), new WebSocketDispatch(), options));
	}

	private Added of(Upgrades server) {
		Added added = this.added;
		return (added != null && added.server() == server) ? added : renew(server);
	}

	private synchronized Added renew(Upgrades server) {
		Added added = this.added;
		if (added == null || added.server() != server) {
			added = new Added(server, new ConcurrentHashMap<>());
			this.added = added;
		}
		return added;
	}

	private record Key(String pattern, MessageDelivery delivery) {
	}

	private record Added(Upgrades server, Map<Key, HostEndpoint> endpoints) {
	}

}
