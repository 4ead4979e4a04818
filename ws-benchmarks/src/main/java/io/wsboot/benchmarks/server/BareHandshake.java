package io.wsboot.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The least that opens a WebSocket. */
final class BareHandshake {

	private static final String KEY = "Sec-WebSocket-Key: ";

	private BareHandshake() {
	}

	static String answer(String request) {
		int start = request.indexOf(KEY) + KEY.length();
		String key = request.substring(start, request.indexOf('\r', start));
		return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
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

}
