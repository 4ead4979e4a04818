package io.wsboot.handshake;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that is well-formed and has no content. {@link OpeningHandshake}
 * decides whether the request is an opening handshake.
 *
 * @param method the method, a token, in the case in which it was sent
 * @param path the raw path, which begins with a slash
 * @param query the raw query without the question mark; null if there is none
 * @param majorVersion the first digit of the HTTP version: 1, or 0 if another server has
 * read a version that is not known
 * @param minorVersion the second digit, 0 to 9
 * @param headers the header fields; {@code Host} is the host of the request target if the
 * target has one (RFC 9112 §3.2.2)
 */
public record RequestHead(String method, String path, @Nullable String query, int majorVersion, int minorVersion,
		Headers headers) {
}
