package io.wsboot.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compressed payloads as clients make them (RFC 7692 §7.2.1), with the JDK's zlib.
 */
final class DeflatedBytes {

	private DeflatedBytes() {
	}

	/** Of a message that refers to no other. */
	static byte[] of(byte... message) {
		Deflater zlib = new Deflater(6, true);
		byte[] payload = next(zlib, message);
		zlib.end();
		return payload;
	}

	/** Of the next message of a conversation. */
	static byte[] next(Deflater zlib, byte... message) {
		zlib.setInput(message);
		byte[] out = new byte[2 * message.length + 64];
		int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(out, length - 4);
	}

	/** Of so many bytes of zero. */
	static byte[] zeros(long count) {
		Deflater zlib = new Deflater(9, true);
		byte[] chunk = new byte[1 << 20];
		byte[] out = new byte[(int) (count / 900) + 1024];
		int length = 0;
		for (long done = 0; done < count; done += chunk.length) {
			zlib.setInput(chunk);
			length += zlib.deflate(out, length, out.length - length, Deflater.NO_FLUSH);
		}
		length += zlib.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
		zlib.end();
		return Arrays.copyOf(out, length - 4);
	}

}
