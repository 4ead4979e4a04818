package io.wsboot.server.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An origin in which asterisks may stand for parts of host labels, or for the port. An
 * asterisk matches one or more characters but never a dot: {@code https://*.example.com}
 * matches neither {@code https://example.com} nor {@code https://a.b.example.com}. The
 * last label must not have an asterisk, as anybody can own {@code 192.168.1.com}. Schemes
 * other than http and https may have one there, as nobody owns their hosts:
 * {@code moz-extension://*} matches an extension, which has another name in each browser.
 */
public final class OriginPattern {

	/** Stands for all origins in a list of them. */
	public static final String ALL = "*";

	/** Stands for all opaque origins, as browsers write them (RFC 6454 §7.1). */
	public static final String OPAQUE = "null";

	private static final String NAME = "(?:[A-Za-z0-9_*-]+\\.)*[A-Za-z0-9_-]+";

	private static final Pattern WEB = Pattern
		.compile("(https?)://(" + NAME + "|" + Origin.ADDRESS + ")(?::([0-9]{1,5}|\\*))?", Pattern.CASE_INSENSITIVE);

	/** Pages that come from no server need no host. */
	private static final Pattern OTHER = Pattern.compile("(?!(?i:https?|wss?):)(" + Origin.SCHEME
			+ ")://([A-Za-z0-9._~*-]+|" + Origin.ADDRESS + "|(?!:))(?::([0-9]{1,5}|\\*))?");

	private static final int ANY_PORT = -2;

	private final String scheme;

	private final Pattern host;

	private final int port;

	private OriginPattern(String scheme, Pattern host, int port) {
		this.scheme = scheme;
		this.host = host;
		this.port = port;
	}

	/**
	 * Reads a list of origins.
	 * @param origins patterns, {@link #ALL} and {@link #OPAQUE}
	 * @return the patterns, without {@link #ALL} and {@link #OPAQUE}
	 * @throws IllegalArgumentException if an element is none of these; the message says
	 * what to write
	 */
	public static List<OriginPattern> parseAll(List<String> origins) {
		return origins.stream()
			.filter((origin) -> !origin.equals(ALL) && !origin.equals(OPAQUE))
			.map(OriginPattern::parse)
			.toList();
	}

	/**
	 * Reads a pattern.
	 * @param text the pattern
	 * @return the pattern
	 * @throws IllegalArgumentException if the text is no pattern; the message says what
	 * to write
	 */
	static OriginPattern parse(String text) {
		Matcher web = WEB.matcher(text);
		Matcher matcher = web.matches() ? web : OTHER.matcher(text);
		if (!matcher.matches() || text.contains("**")) {
			throw new IllegalArgumentException("allowed origin \"" + text + "\" is neither * nor null nor an origin: "
					+ "write a scheme, a host and perhaps a port, and nothing behind them, such as https://example.com, "
					+ "https://*.example.com or http://localhost:*; file:// has no host");
		}
		String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
		return new OriginPattern(scheme, host(matcher.group(2)), port(text, matcher.group(3), scheme));
	}

	/** Whether an origin matches the pattern. */
	public boolean matches(Origin origin) {
		return this.scheme.equals(origin.scheme()) && (this.port == ANY_PORT || this.port == origin.port())
				&& this.host.matcher(origin.host()).matches();
	}

	private static Pattern host(String written) {
		return Pattern.compile(Arrays.stream(written.toLowerCase(Locale.ROOT).split("\\*", -1))
			.map(Pattern::quote)
			.collect(Collectors.joining("[^.]+")));
	}

	private static int port(String text, String written, String scheme) {
		if (written == null) {
			return Origin.defaultPort(scheme);
		}
		if (written.equals("*")) {
			return ANY_PORT;
		}
		int port = Integer.parseInt(written);
		if (port < 1 || port > Origin.MAX_PORT) {
			throw new IllegalArgumentException(
					"allowed origin \"" + text + "\" has a port that is not within 1 to 65535");
		}
		return port;
	}

}
