package io.wsboot.server.admission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.wsboot.Headers;
import io.wsboot.server.address.Origin;
import io.wsboot.server.address.OriginPattern;
import io.wsboot.server.config.WsServerOptions;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may connect (RFC 6455 §10.2). A browser lets any page open a
 * WebSocket to any host, with the user's cookies, and only tells the server the origin of
 * the page. Clients other than browsers send no {@code Origin}, or any that they like:
 * the policy does not hold them up.
 * <p>
 * Beside the pages of listed origins, pages of the <em>same host</em> may connect: the
 * name in {@code Origin} equals the one in {@code Host}. Ports are not compared, as
 * another port of the same machine may serve the page. This rule does not stop a page
 * whose own host name is made to resolve to this server (DNS rebinding): a server in a
 * private network should list its origins, and turn the rule off.
 * <p>
 * Some pages have an opaque origin: pages in a sandboxed frame, of a {@code data:} URL
 * and, in some browsers, of a file. The browser sends {@code null} for all of them (RFC
 * 6454 §7.1), so a policy that allows one of them allows them all.
 *
 * @param all whether every page may connect
 * @param opaque whether pages with an opaque origin may connect
 * @param sameHost whether pages of the same host may connect
 * @param patterns the other origins whose pages may connect
 */
public record OriginPolicy(boolean all, boolean opaque, boolean sameHost, List<OriginPattern> patterns) {

	/**
	 * Makes a policy of the server's options.
	 * @param allowedOrigins origins and patterns of origins, see
	 * {@link WsServerOptions#allowedOrigins()}
	 * @param sameHost whether pages of the same host may connect too
	 * @return the policy
	 * @throws IllegalArgumentException if a pattern makes no sense; the message names the
	 * pattern
	 */
	public static OriginPolicy of(List<String> allowedOrigins, boolean sameHost) {
		return new OriginPolicy(allowedOrigins.contains(OriginPattern.ALL),
				allowedOrigins.contains(OriginPattern.OPAQUE), sameHost, OriginPattern.parseAll(allowedOrigins));
	}

	/**
	 * Judges a handshake.
	 * @param headers the headers of the request
	 * @param forwardedHost the {@code Host} that the page asked a proxy for; null if it
	 * is that of the request
	 * @return whether the page may connect
	 */
	public boolean allows(Headers headers, @Nullable String forwardedHost) {
		List<String> origins = headers.all("Origin");
		if (origins.isEmpty() || this.all) {
			return true;
		}
		if (origins.size() > 1) {
			return false;
		}
		if (origins.get(0).equals(OriginPattern.OPAQUE)) {
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
