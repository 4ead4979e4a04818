package io.wsboot.server;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes names for sessions that nobody can guess: 128 random bits.
 */
final class SessionIds {

	private static final SecureRandom RANDOM = new SecureRandom();

	private SessionIds() {
	}

	static String next() {
		byte[] bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
