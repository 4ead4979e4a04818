package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Why a connection was closed: the code and reason of a Close frame (RFC 6455 §5.5.1,
 * §7.4). Codes are an open set, so this is a value with constants rather than an enum.
 *
 * @param code a status code, 1000 to 4999 (RFC 6455 §7.4.2)
 * @param reason text for a log or a developer, never null, possibly empty. On the wire it
 * is cut, at a code point, to {@value #MAX_REASON_BYTES} bytes of UTF-8
 */
public record CloseStatus(int code, String reason) {

	/** A control frame holds 125 bytes (RFC 6455 §5.5), two of which are the code. */
	public static final int MAX_REASON_BYTES = 123;

	/** The purpose of the connection is fulfilled. */
	public static final CloseStatus NORMAL = of(1000);

	/** The endpoint goes away: a server stops, or a browser leaves the page. */
	public static final CloseStatus GOING_AWAY = of(1001);

	/** The peer broke the protocol. */
	public static final CloseStatus PROTOCOL_ERROR = of(1002);

	/**
	 * The endpoint got a type of data that it cannot accept, such as binary where it
	 * takes only text.
	 */
	public static final CloseStatus UNSUPPORTED_DATA = of(1003);

	/** The peer's Close frame carried no code. Never sent. */
	public static final CloseStatus NO_STATUS_RECEIVED = of(1005);

	/** The connection ended without a Close frame. Never sent. */
	public static final CloseStatus ABNORMAL = of(1006);

	/** A message was not consistent with its type, such as text that is not UTF-8. */
	public static final CloseStatus INVALID_PAYLOAD = of(1007);

	/** A message broke a policy of the endpoint. */
	public static final CloseStatus POLICY_VIOLATION = of(1008);

	/** A message was too big to process. */
	public static final CloseStatus MESSAGE_TOO_BIG = of(1009);

	/** A client missed an extension in the server's handshake. Sent by clients only. */
	public static final CloseStatus MANDATORY_EXTENSION = of(1010);

	/** The server met an unexpected condition. */
	public static final CloseStatus INTERNAL_ERROR = of(1011);

	/** The service restarts. */
	public static final CloseStatus SERVICE_RESTART = of(1012);

	/**
	 * The server is overloaded, or the client reads too slowly; it may try again later.
	 */
	public static final CloseStatus TRY_AGAIN_LATER = of(1013);

	/** The server, as a gateway, got a bad answer from upstream. */
	public static final CloseStatus BAD_GATEWAY = of(1014);

	public CloseStatus {
		Objects.requireNonNull(reason, "reason");
		if (code < 1000 || code > 4999) {
			throw new IllegalArgumentException("close code " + code + " is not within 1000 to 4999 (RFC 6455 §7.4.2)");
		}
	}

	/**
	 * A status without a reason.
	 * @param code the code, 1000 to 4999
	 * @return the status
	 */
	public static CloseStatus of(int code) {
		return new CloseStatus(code, "");
	}

	/**
	 * The same code with a reason.
	 * @param reason the new reason
	 * @return the status
	 */
	public CloseStatus withReason(String reason) {
		return new CloseStatus(this.code, reason);
	}

	/**
	 * Whether the code may stand in a Close frame: the codes that RFC 6455 §7.4.1 and the
	 * IANA registry define for the wire, and 3000 to 4999 for libraries and applications.
	 * @return true if it may be sent
	 */
	public boolean mayBeSent() {
		if (this.code >= 3000) {
			return true;
		}
		return this.code <= BAD_GATEWAY.code && this.code != 1004 && this.code != NO_STATUS_RECEIVED.code
				&& this.code != ABNORMAL.code;
	}

	/**
	 * The reason as it goes on the wire.
	 * @return at most {@value #MAX_REASON_BYTES} bytes of UTF-8, never half a code point
	 */
	public byte[] reasonBytes() {
		byte[] bytes = this.reason.getBytes(StandardCharsets.UTF_8);
		if (bytes.length <= MAX_REASON_BYTES) {
			return bytes;
		}
		int end = MAX_REASON_BYTES;
		while ((bytes[end] & 0xC0) == 0x80) {
			end--;
		}
		return Arrays.copyOf(bytes, end);
	}

	@Override
	public String toString() {
		return this.reason.isEmpty() ? Integer.toString(this.code) : this.code + " " + this.reason;
	}

}
