package io.wsboot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The code and the reason of a Close frame (RFC 6455 §5.5.1, §7.4): why a connection was
 * closed. Close codes are an open set, so a close status is a value with constants, not
 * an enum. Close statuses are immutable.
 *
 * @param code the close code, 1000 to 4999 (RFC 6455 §7.4.2)
 * @param reason text for a log or a developer, never null, possibly empty. A Close frame
 * carries at most {@value #MAX_REASON_BYTES} bytes of the reason as UTF-8; a longer
 * reason is cut between two code points
 */
public record CloseStatus(int code, String reason) {

	/**
	 * The most bytes that a Close frame has for the reason: 125 bytes of payload (RFC
	 * 6455 §5.5), two of which are the code.
	 */
	public static final int MAX_REASON_BYTES = 123;

	/** 1000: the purpose of the connection is fulfilled. */
	public static final CloseStatus NORMAL = of(1000);

	/** 1001: the sender goes away. A server stops, or a browser leaves the page. */
	public static final CloseStatus GOING_AWAY = of(1001);

	/** 1002: the receiver broke the protocol. */
	public static final CloseStatus PROTOCOL_ERROR = of(1002);

	/**
	 * 1003: the sender cannot accept the type of a message, such as a binary message
	 * where only text is expected.
	 */
	public static final CloseStatus UNSUPPORTED_DATA = of(1003);

	/** 1005: the peer's Close frame had no code. This code is never sent. */
	public static final CloseStatus NO_STATUS_RECEIVED = of(1005);

	/** 1006: the connection ended without a Close frame. This code is never sent. */
	public static final CloseStatus ABNORMAL = of(1006);

	/**
	 * 1007: the payload of a message did not match its type, such as text that is not
	 * UTF-8.
	 */
	public static final CloseStatus INVALID_PAYLOAD = of(1007);

	/** 1008: a message violated a policy of the sender. */
	public static final CloseStatus POLICY_VIOLATION = of(1008);

	/** 1009: a message was too big for the sender to process. */
	public static final CloseStatus MESSAGE_TOO_BIG = of(1009);

	/**
	 * 1010: the server's handshake lacked an extension that the client needs. Only
	 * clients send this code.
	 */
	public static final CloseStatus MANDATORY_EXTENSION = of(1010);

	/** 1011: the server met an unexpected condition. */
	public static final CloseStatus INTERNAL_ERROR = of(1011);

	/** 1012: the service restarts. */
	public static final CloseStatus SERVICE_RESTART = of(1012);

	/**
	 * 1013: the server is overloaded, or the client reads too slowly. The client may try
	 * again later.
	 */
	public static final CloseStatus TRY_AGAIN_LATER = of(1013);

	/**
	 * 1014: the server is a gateway and got an invalid response from the server behind
	 * it.
	 */
	public static final CloseStatus BAD_GATEWAY = of(1014);

	/**
	 * Creates a close status.
	 * @throws IllegalArgumentException if the code is not within 1000 to 4999
	 */
	public CloseStatus {
		Objects.requireNonNull(reason, "reason");
		if (code < 1000 || code > 4999) {
			throw new IllegalArgumentException("close code " + code + " is not within 1000 to 4999 (RFC 6455 §7.4.2)");
		}
	}

	/**
	 * Returns a close status with an empty reason.
	 * @param code the close code, 1000 to 4999
	 * @return the close status
	 * @throws IllegalArgumentException if the code is not within 1000 to 4999
	 */
	public static CloseStatus of(int code) {
		return new CloseStatus(code, "");
	}

	/**
	 * Returns a close status with the same code and another reason.
	 * @param reason the new reason, possibly empty
	 * @return the new close status
	 */
	public CloseStatus withReason(String reason) {
		return new CloseStatus(this.code, reason);
	}

	/**
	 * Tells whether a Close frame may carry the code. RFC 6455 §7.4.1 and the IANA
	 * registry allow 1000 to 1014 without 1004, 1005 and 1006; libraries and applications
	 * may use 3000 to 4999.
	 * @return true if a Close frame may carry the code
	 */
	public boolean mayBeSent() {
		if (this.code >= 3000) {
			return true;
		}
		return this.code <= BAD_GATEWAY.code && this.code != 1004 && this.code != NO_STATUS_RECEIVED.code
				&& this.code != ABNORMAL.code;
	}

	/**
	 * Encodes the reason for a Close frame.
	 * @return at most {@value #MAX_REASON_BYTES} bytes of UTF-8, never part of a code
	 * point
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

	/**
	 * Returns the code, followed by the reason if there is one, such as
	 * {@code 1001 server stops}.
	 */
	@Override
	public String toString() {
		return this.reason.isEmpty() ? Integer.toString(this.code) : this.code + " " + this.reason;
	}

}
