package io.wsboot.conformance;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Makes compressed payloads as clients do (RFC 7692 §7.2.1), with the JDK's zlib.
 */
final class Deflation implements AutoCloseable {

	private final boolean keepsWindow;

	private final Deflater zlib = new Deflater(6, true);

	Deflation(boolean keepsWindow) {
		this.keepsWindow = keepsWindow;
	}

	byte[] next(byte... message) {
		if (!this.keepsWindow) {
			this.zlib.reset();
		}
		this.zlib.setInput(message);
		byte[] out = new byte[2 * message.length + 64];
		int length = this.zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(out, length - 4);
	}

	@Override
	public void close() {
		this.zlib.end();
	}

}
