package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;

/**
 * A client's opening handshake (RFC 6455 §4.1), and the answer that it must get.
 *
 * @param bytes the request
 * @param accept what {@code Sec-WebSocket-Accept} must be
 */
record OpeningRequest(byte[] bytes, String accept) {

	private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; "
			+ "server_no_context_takeover; client_no_context_takeover\r\n";

	static OpeningRequest of(Target target, int seed) {
		byte[] nonce = new byte[16];
		new Random(seed).nextBytes(nonce);
		String key = Base64.getEncoder().encodeToString(nonce);
		String head = "GET " + target.path() + " HTTP/1.1\r\nHost: localhost:" + target.port()
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
				+ key + "\r\n" + (target.deflate() ? DEFLATE : "") + "\r\n";
		return new OpeningRequest(head.getBytes(StandardCharsets.US_ASCII), accept(key));
	}

	private static String accept(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1")
				.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether the whole answer is there, up to the limit of the buffer.
	 * @throws WrongReplyException if it does not accept
	 */
	boolean isAnswered(ByteBuffer answer, boolean deflate) {
		int end = answer.limit();
		if (end < 4 || answer.getInt(end - 4) != 0x0D0A0D0A) {
			return false;
		}
		byte[] bytes = new byte[end];
		answer.get(0, bytes);
		String head = new String(bytes, StandardCharsets.US_ASCII);
		if (!head.startsWith("HTTP/1.1 101 ") || !head.contains(this.accept)) {
			throw new WrongReplyException("handshake refused: " + head.lines().findFirst().orElse(""));
		}
		if (deflate && !head.contains("permessage-deflate")) {
			throw new WrongReplyException("permessage-deflate declined");
		}
		return true;
	}

}
