package io.wsboot.handshake;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.wsboot.Headers;

import static io.wsboot.handshake.MalformedRequest.badRequest;

/**
 * Checks the header fields of a request by the rules that hold for any path and purpose.
 * An {@code Expect} field is ignored: a handshake has no content that the client could
 * hold back (RFC 9110 §10.1.1).
 */
final class FieldRules {

	private FieldRules() {
	}

	/**
	 * Checks the fields.
	 * @throws MalformedRequest if a rule is broken
	 */
	static void check(int minorVersion, Headers headers) {
		oneValidHost(minorVersion, headers.all("Host"));
		noContent(headers);
		validSubprotocols(headers);
		ExtensionOffer.parseAll(headers.all("Sec-WebSocket-Extensions"));
	}

	private static void oneValidHost(int minorVersion, List<String> hosts) {
		if (hosts.isEmpty()) {
			if (minorVersion > 0) { // HTTP/1.0 did not ask for it
				throw badRequest("no Host field (RFC 9112 §3.2)");
			}
			return;
		}
		if (hosts.size() > 1) {
			throw badRequest("more than one Host field (RFC 9112 §3.2)");
		}
		if (!Authority.isValid(hosts.get(0))) {
			throw badRequest("a Host field without a valid host (RFC 9112 §3.2, RFC 9110 §7.2)");
		}
	}

	/** Refuses content, as content could be taken for frames, or frames for content. */
	private static void noContent(Headers headers) {
		if (!headers.all("Transfer-Encoding").isEmpty()) {
			throw badRequest("a Transfer-Encoding field, but a handshake has no content (RFC 6455 §4.1)");
		}
		List<String> lengths = headers.all("Content-Length");
		if (lengths.size() > 1) {
			throw badRequest("more than one Content-Length field (RFC 9112 §6.3)");
		}
		if (!lengths.isEmpty() && !lengths.get(0).matches("0+")) {
			throw badRequest("a Content-Length other than 0, but a handshake has no content (RFC 6455 §4.1)");
		}
	}

	/** An empty list, as some gateways write it, offers nothing (RFC 9110 §5.6.1.2). */
	private static void validSubprotocols(Headers headers) {
		List<String> names = headers.list("Sec-WebSocket-Protocol");
		Set<String> unique = new HashSet<>();
		for (String name : names) {
			if (!HttpCharacters.isToken(name)) {
				throw badRequest("a subprotocol that is no token (RFC 6455 §4.1)");
			}
			if (!unique.add(name)) {
				throw badRequest("a subprotocol offered twice (RFC 6455 §4.1)");
			}
		}
	}

}
