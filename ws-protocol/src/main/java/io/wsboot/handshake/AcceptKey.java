package io.wsboot.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Computes {@code Sec-WebSocket-Accept}, by which the server proves to the client that it
 * has understood the handshake (RFC 6455 §1.3). The value protects no secret, so SHA-1 is
 * good enough.
 */
final class AcceptKey {

	private static final byte[] GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(StandardCharsets.US_ASCII);

	private AcceptKey() {
	}

	/**
	 * Computes the answer to a key (RFC 6455 §4.2.2, item 5, {@code /key/}).
	 * @param key the value of {@code Sec-WebSocket-Key}
	 * @return the value of {@code Sec-WebSocket-Accept}, in ASCII
	 */
	static byte[] of(String key) {
		MessageDigest sha1 = sha1();
		sha1.update(key.getBytes(StandardCharsets.ISO_8859_1));
		return Base64.getEncoder().encode(sha1.digest(GUID));
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform must have SHA-1", ex);
		}
	}

}
