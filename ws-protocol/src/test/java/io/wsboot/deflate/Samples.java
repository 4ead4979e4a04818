package io.wsboot.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * Payloads, and what the JDK's zlib makes of them.
 */
final class Samples {

	private Samples() {
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Bytes without any order. */
	static byte[] noise(int size, long seed) {
		byte[] bytes = new byte[size];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

	/** Words of a small vocabulary, so that matches lie near and far. */
	static byte[] words(int size, long seed) {
		Random random = new Random(seed);
		byte[][] vocabulary = new byte[200][];
		for (int i = 0; i < vocabulary.length; i++) {
			vocabulary[i] = noise(3 + random.nextInt(40), random.nextLong());
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		while (out.size() < size) {
			out.writeBytes(vocabulary[random.nextInt(vocabulary.length)]);
		}
		return Arrays.copyOf(out.toByteArray(), size);
	}

	/**
	 * A compressed payload as a client makes it (RFC 7692 §7.2.1), with the state of the
	 * messages before.
	 */
	static byte[] deflated(Deflater zlib, byte... message) {
		zlib.setInput(message);
		byte[] out = new byte[2 * message.length + 100];
		int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(out, length - 4);
	}

	/** The same for a message that refers to no other. */
	static byte[] deflated(byte... message) {
		Deflater zlib = new Deflater(6, true);
		byte[] payload = deflated(zlib, message);
		zlib.end();
		return payload;
	}

	/** All bytes of them. */
	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
