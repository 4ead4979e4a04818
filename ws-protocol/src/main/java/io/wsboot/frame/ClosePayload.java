package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.CloseStatus;

/**
 * The payload of a Close frame (RFC 6455 §5.5.1, §7.4): empty, or a code and a reason.
 */
public final class ClosePayload {

	private ClosePayload() {
	}

	/**
	 * Reads a payload.
	 * @param bytes holds the payload from index 0
	 * @param length payload bytes, 0 to 125
	 * @return the status; {@link CloseStatus#NO_STATUS_RECEIVED} if the payload is empty
	 * @throws ProtocolViolation 1002 if the code is missing or must not be sent, 1007 if
	 * the reason is not UTF-8
	 */
	public static CloseStatus parse(byte[] bytes, int length) {
		if (length == 0) {
			return CloseStatus.NO_STATUS_RECEIVED;
		}
		if (length == 1) {
			throw new ProtocolViolation(CloseStatus.PROTOCOL_ERROR, "close code of one byte (RFC 6455 §5.5.1)");
		}
		int code = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
		if (code < 1000 || code > 4999 || !CloseStatus.of(code).mayBeSent()) {
			throw new ProtocolViolation(CloseStatus.PROTOCOL_ERROR, "close code that must not be sent (RFC 6455 §7.4)");
		}
		Utf8Validator utf8 = new Utf8Validator();
		utf8.check(bytes, 2, length);
		utf8.end();
		return new CloseStatus(code, new String(bytes, 2, length - 2, StandardCharsets.UTF_8));
	}

	/**
	 * Makes a payload.
	 * @param status code and reason; {@link CloseStatus#NO_STATUS_RECEIVED} makes an
	 * empty payload
	 * @return 0 to 125 bytes
	 */
	public static byte[] of(CloseStatus status) {
		if (status.code() == CloseStatus.NO_STATUS_RECEIVED.code()) {
			return new byte[0];
		}
		byte[] reason = status.reasonBytes();
		return ByteBuffer.allocate(2 + reason.length).putShort((short) status.code()).put(reason).array();
	}

}
