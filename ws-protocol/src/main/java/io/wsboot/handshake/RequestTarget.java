package io.wsboot.handshake;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request (RFC 9112 §3.2): {@code /path?query}, or the same behind
 * {@code http://host}. Clients send the second form to proxies, but every server must
 * accept it (RFC 9112 §3.2.2, RFC 6455 §4.1).
 *
 * @param authority host and port; null if the target is a path
 * @param path the raw path, which begins with a slash
 * @param query the raw query; null if there is none
 */
record RequestTarget(@Nullable String authority, String path, @Nullable String query) {

	/**
	 * Reads a target.
	 * @param text the target, whose characters have been checked
	 * @throws MalformedRequest if the target has another form or no valid host
	 */
	static RequestTarget parse(String text) {
		if (text.startsWith("/")) {
			return local(null, text);
		}
		int authorityStart = schemeLength(text);
		int authorityEnd = authorityStart;
		while (authorityEnd < text.length() && "/?".indexOf(text.charAt(authorityEnd)) < 0) {
			authorityEnd++;
		}
		String authority = text.substring(authorityStart, authorityEnd);
		if (!Authority.isValid(authority)) {
			throw MalformedRequest.badRequest("the request target names no valid host (RFC 9110 §4.2)");
		}
		String rest = text.substring(authorityEnd);
		return local(authority, rest.startsWith("/") ? rest : "/" + rest);
	}

	/**
	 * Checks the characters of a target that another server has read and split.
	 * @throws MalformedRequest if there is a character that no URI may hold
	 */
	static void check(String path, @Nullable String query) {
		check(HttpCharacters.PATH, path);
		if (query != null) {
			check(HttpCharacters.QUERY, query);
		}
	}

	private static void check(int oneOf, String part) {
		for (int i = 0; i < part.length(); i++) {
			char c = part.charAt(i);
			if (c == '%') {
				if (i + 2 >= part.length()
						|| !HttpCharacters.are(HttpCharacters.HEX_DIGIT, part.substring(i + 1, i + 3))) {
					throw MalformedRequest.badRequest("a percent sign without two hexadecimal digits (RFC 3986 §2.1)");
				}
			}
			else if (!HttpCharacters.is(oneOf, c)) {
				throw MalformedRequest
					.badRequest("a character in the request target that no URI may hold (RFC 3986 §2)");
			}
		}
	}

	private static int schemeLength(String text) {
		for (String scheme : new String[] { "http://", "https://" }) {
			if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
				return scheme.length();
			}
		}
		throw MalformedRequest.badRequest("the request target is neither a path nor an http URI (RFC 9112 §3.2)");
	}

	private static RequestTarget local(@Nullable String authority, String pathAndQuery) {
		int mark = pathAndQuery.indexOf('?');
		String path = (mark < 0) ? pathAndQuery : pathAndQuery.substring(0, mark);
		if (path.indexOf('[') >= 0 || path.indexOf(']') >= 0) {
			throw MalformedRequest.badRequest("a bracket in the path (RFC 3986 §3.3)");
		}
		return new RequestTarget(authority, path, (mark < 0) ? null : pathAndQuery.substring(mark + 1));
	}

}
