package io.wsboot.handshake;

import java.util.List;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a well-formed request to an endpoint is an opening handshake (RFC 6455
 * §4.2.1). Does not look at the path, the origin or the client.
 */
public final class OpeningHandshake {

	private static final String VERSION = "13";

	/** The length of 16 bytes in Base64 (RFC 4648 §4). */
	private static final int KEY_LENGTH = 24;

	private OpeningHandshake() {
	}

	/**
	 * Judges a request. The first rule that the request breaks decides.
	 * @param head the request
	 * @return the refusal, or null if it is a valid opening handshake
	 */
	public static @Nullable Refuse examine(RequestHead head) {
		if (!isGet(head)) {
			return methodNotAllowed();
		}
		if (!isAtLeastHttp11(head)) {
			return upgradeRequired().withReason("HTTP below 1.1 (RFC 6455 §4.2.1)");
		}
		if (!asksForWebSocket(head.headers())) {
			return upgradeRequired().withReason("no upgrade to websocket is asked for (RFC 6455 §4.2.1)");
		}
		if (!hasVersion13(head.headers())) {
			return otherVersionRequired();
		}
		if (!hasOneKey(head.headers())) {
			return HandshakeDecision.refuse(400)
				.withReason("no Sec-WebSocket-Key of 16 bytes in Base64 (RFC 6455 §4.2.1)");
		}
		return null;
	}

	/**
	 * Judges a request that another server has read. That server has checked the syntax,
	 * but perhaps with lenience, and not by each rule for a handshake.
	 * @param head the request
	 * @return the refusal, or null if it is a valid opening handshake
	 */
	public static @Nullable Refuse examineHosted(RequestHead head) {
		try {
			if (head.majorVersion() != 1) {
				throw new MalformedRequest(505, "a version of HTTP that is not known (RFC 9110 §15.6.6)");
			}
			RequestTarget.check(head.path(), head.query());
			FieldRules.check(head.minorVersion(), head.headers());
		}
		catch (MalformedRequest ex) {
			return ex.refusal();
		}
		return examine(head);
	}

	/**
	 * Chooses a subprotocol (RFC 6455 §4.2.2, item 5, {@code /subprotocol/}).
	 * @param ours the subprotocols that the endpoint speaks, best first
	 * @param offered the subprotocols that the client offers
	 * @return the first of ours that the client offers; null if there is none
	 */
	public static @Nullable String chooseSubprotocol(List<String> ours, List<String> offered) {
		for (String name : ours) {
			if (offered.contains(name)) {
				return name;
			}
		}
		return null;
	}

	/** RFC 6455 §4.2.1, item 1. */
	private static boolean isGet(RequestHead head) {
		return head.method().equals("GET");
	}

	/**
	 * RFC 6455 §4.2.1, item 1. HTTP/1.0 knows no Upgrade, which must then be ignored (RFC
	 * 9110 §7.8).
	 */
	private static boolean isAtLeastHttp11(RequestHead head) {
		return head.minorVersion() >= 1;
	}

	/** RFC 6455 §4.2.1, items 3 and 4. */
	private static boolean asksForWebSocket(Headers headers) {
		return headers.lists("Upgrade", "websocket") && headers.lists("Connection", "upgrade");
	}

	/** RFC 6455 §4.2.1, item 6, and §11.3.5. */
	private static boolean hasVersion13(Headers headers) {
		return headers.all("Sec-WebSocket-Version").equals(List.of(VERSION));
	}

	/**
	 * RFC 6455 §4.2.1, item 5, and §11.3.1. Those bits of the last character that belong
	 * to no byte are not checked, as RFC 4648 §3.5 allows: the server never decodes the
	 * key, but hashes it as written.
	 */
	private static boolean hasOneKey(Headers headers) {
		List<String> keys = headers.all("Sec-WebSocket-Key");
		return keys.size() == 1 && isSixteenBytes(keys.get(0));
	}

	private static boolean isSixteenBytes(String base64) {
		if (base64.length() != KEY_LENGTH || !base64.endsWith("==")) {
			return false;
		}
		for (int i = 0; i < KEY_LENGTH - 2; i++) {
			if (!isBase64(base64.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isBase64(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
	}

	/** RFC 9110 §15.5.6: the answer names the methods that are allowed. */
	private static Refuse methodNotAllowed() {
		return HandshakeDecision.refuse(405)
			.withHeader("Allow", "GET")
			.withReason("a method other than GET (RFC 6455 §4.2.1)");
	}

	/** RFC 6455 §4.4: the answer names the versions that are spoken. */
	private static Refuse otherVersionRequired() {
		return upgradeRequired().withHeader("Sec-WebSocket-Version", VERSION)
			.withReason("a version other than 13 (RFC 6455 §4.4)");
	}

	/** RFC 9110 §15.5.22: the answer names what to upgrade to. */
	private static Refuse upgradeRequired() {
		return HandshakeDecision.refuse(426).withHeader("Upgrade", "websocket");
	}

}
