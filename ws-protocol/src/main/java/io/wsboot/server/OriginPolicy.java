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
 * Beside those that are listed, pages of the <em>same host</em> may connect: the name in
 * {@code Origin} equals that in {@code Host}, whatever the ports, as the page may well be
 * served by another port of the same machine. That does not stop a page whose own host
 * name is made to resolve to this server (DNS rebinding): a server in a private network
 * should list its origins, and turn that off.
 * <p>
 * Some pages have no origin that could be told: those of a sandboxed frame, of a
 * {@code data:} URL, in some browsers of a file. All of them say {@code null} (RFC 6454
 * §7.1), so whoever allows that allows them all.
 */
final class OriginPolicy {

	private static final String ALL = "*";

	private static final String OPAQUE = "null";

	private final boolean all;

	private final boolean opaque;

	private final boolean sameHost;

	private final List<OriginPattern> patterns;

	private OriginPolicy(List<String> allowed, List<OriginPattern> patterns, boolean sameHost) {
		this.all = allowed.contains(ALL);
		this.opaque = allowed.contains(OPAQUE);
		this.sameHost = sameHost;
		this.patterns = List.copyOf(patterns);
	}

	/**
	 * A policy.
	 * @param allowedOrigins origins and patterns of origins, see
	 * {@link WsServerOptions#allowedOrigins()}
	 * @param sameHost whether pages of the same host may connect too
	 * @return the policy
	 * @throws IllegalArgumentException if a pattern makes no sense; the message names it
	 */
	static OriginPolicy of(List<String> allowedOrigins, boolean sameHost) {
		List<OriginPattern> patterns = new ArrayList<>();
		for (String allowed : allowedOrigins) {
			if (!allowed.equals(ALL) && !allowed.equals(OPAQUE)) {
				patterns.add(OriginPattern.parse(allowed));
			}
		}
		return new OriginPolicy(allowedOrigins, patterns, sameHost);
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
		if (origins.size() > 1) {
			return false;
		}
		if (origins.get(0).equals(OPAQUE)) {
			return this.opaque;
		}
		Origin origin = Origin.parse(origins.get(0));
		return origin != null && (this.patterns.stream().anyMatch((pattern) -> pattern.matches(origin))
				|| this.sameHost && isSameHost(origin, host(headers, forwardedHost)));
	}

	private static Optional<String> host(Headers headers, @Nullable String forwardedHost) {
		return (forwardedHost != null) ? Optional.of(forwardedHost) : headers.first("Host");
	}

	private static boolean isSameHost(Origin origin, Optional<String> host) {
		return Origin.isWeb(origin.scheme())
				&& host.map(OriginPolicy::hostName).filter(origin.host()::equals).isPresent();
	}

	/** A Host field without its port. */
	private static String hostName(String hostAndPort) {
		int end = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') + 1 : hostAndPort.indexOf(':');
		return ((end <= 0) ? hostAndPort : hostAndPort.substring(0, end)).toLowerCase(Locale.ROOT);
	}

}
