package io.wsboot.server.address;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a page (RFC 6454 §4).
 *
 * @param scheme the scheme in lower case
 * @param host the host in lower case: a name, or an address, in brackets if it is IPv6.
 * With schemes other than http and https the host may be empty, as in {@code file://},
 * and need not be a name of the DNS
 * @param port the port; the scheme's default if none is written; {@link #NO_PORT} if the
 * scheme has no default
 */
public record Origin(String scheme, String host, int port) {

	/** Stands for a port that is neither written nor the default of a scheme. */
	static final int NO_PORT = -1;

	static final int MAX_PORT = 65535;

	/** More than a DNS name's 253 (RFC 1035 §2.3.4), and harmless to match. */
	private static final int MAX_LENGTH = 512;

	static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*";

	static final String ADDRESS = "\\[[0-9A-Fa-f:.]+]";

	/** A host name; browsers send international names as A-labels (RFC 5890). */
	private static final String NAME = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";

	/** The host where pages come from no server. */
	private static final String NO_SERVER = "[A-Za-z0-9._~-]*";

	private static final Pattern SERIALIZED = Pattern
		.compile("(" + SCHEME + ")://(" + NAME + "|" + ADDRESS + "|" + NO_SERVER + ")(?::([0-9]{1,5}))?");

	private static final Pattern WEB_HOST = Pattern.compile(NAME + "|" + ADDRESS);

	/**
	 * Reads the value of an {@code Origin} field (RFC 6454 §7).
	 * @param text the value
	 * @return the origin; null if the value is not exactly one origin, as {@code null} is
	 * not
	 */
	public static @Nullable Origin parse(String text) {
		Matcher matcher = SERIALIZED.matcher(text);
		if (text.length() > MAX_LENGTH || !matcher.matches()) {
			return null;
		}
		String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
		String host = matcher.group(2).toLowerCase(Locale.ROOT);
		if (isWeb(scheme) ? !WEB_HOST.matcher(host).matches() : host.isEmpty() && matcher.group(3) != null) {
			return null;
		}
		int port = (matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : defaultPort(scheme);
		return (port <= MAX_PORT) ? new Origin(scheme, host, port) : null;
	}

	/** Whether pages of a scheme come from servers, whose hosts the DNS names. */
	public static boolean isWeb(String scheme) {
		return scheme.equals("http") || scheme.equals("https");
	}

	/** The default port of a scheme; {@link #NO_PORT} if the scheme has none. */
	static int defaultPort(String scheme) {
		return switch (scheme) {
			case "http" -> 80;
			case "https" -> 443;
			default -> NO_PORT;
		};
	}

}
