package io.wsboot.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may connect (RFC 6455 §10.2): a browser lets any page open a WebSocket to
 * any host, with the user's cookies, and only tells where the page came from. Clients
 * that are no browsers tell nothing, or what they like; they are not held up.
 * <p>
 * Without a list, pages of the <em>same host</em> may connect: the name in {@code Origin}
 * equals that in {@code Host}, whatever the ports, as the page may well be served by
 * another port of the same machine. That does not stop a page whose own host name is made
 * to resolve to this server (DNS rebinding): a server in a private network should list
 * its origins.
 */
final class OriginPolicy {

	private static final String ALL = "*";

	private final boolean all;

	private final List<OriginPattern> patterns;

	private OriginPolicy(boolean all, List<OriginPattern> patterns) {
		this.all = all;
		this.patterns = List.copyOf(patterns);
	}

	/**
	 * A policy.
	 * @param allowedOrigins origins and patterns of origins, see
	 * {@link WsServerOptions#allowedOrigins()}
	 * @return the policy
	 * @throws IllegalArgumentException if a pattern makes no sense; the message names it
	 */
	static OriginPolicy of(List<String> allowedOrigins) {
		List<OriginPattern> patterns = new ArrayList<>();
		for (String allowed : allowedOrigins) {
			if (!allowed.equals(ALL)) {
				patterns.add(OriginPattern.parse(allowed));
			}
		}
		return new OriginPolicy(allowedOrigins.contains(ALL), patterns);
	}

	/**
	 * Judges a handshake.
	 * @param headers the headers of the request
	 * @param forwardedHost the {@code Host} that the page asked a proxy for; null if it
	 * is that of the request
	 * @return whether the page may connect
	 */
	boolean allows(Headers headers, @Nullable String forwardedHost) {
		List<String> origins = headers.all("Origin");
		if (origins.isEmpty() || this.all) {
			return true;
		}
		Origin origin = (origins.size() == 1) ? Origin.parse(origins.get(0)) : null;
		if (origin == null) {
			return false;
		}
		return this.patterns.isEmpty()
				? isSameHost(origin, (forwardedHost != null) ? Optional.of(forwardedHost) : headers.first("Host"))
				: this.patterns.stream().anyMatch((pattern) -> pattern.matches(origin));
	}

	private static boolean isSameHost(Origin origin, Optional<String> host) {
		boolean page = origin.scheme().equals("http") || origin.scheme().equals("https");
		return page && host.map(OriginPolicy::hostName).filter(origin.host()::equals).isPresent();
	}

	/** A Host field without its port. */
	private static String hostName(String hostAndPort) {
		int end = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') + 1 : hostAndPort.indexOf(':');
		return ((end <= 0) ? hostAndPort : hostAndPort.substring(0, end)).toLowerCase(Locale.ROOT);
	}

}
