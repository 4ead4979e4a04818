package io.wsboot.deflate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.wsboot.NaiveUtf8;

/**
 * The compressed messages of one client, each inflated from its first byte to its last
 * whenever something is asked about it (RFC 7692 §7.2.2). Shares nothing with the real
 * one but the JDK's zlib.
 */
public final class NaiveInflation {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private static final byte[] EMPTY_LAST_BLOCK = { 1, 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final boolean keepsWindow;

	private byte[] before = {};

	private long total;

	/**
	 * Without a message yet.
	 * @param keepsWindow whether messages may refer to earlier ones
	 */
	public NaiveInflation(boolean keepsWindow) {
		this.keepsWindow = keepsWindow;
	}

	/**
	 * What is wrong with the beginning of a message.
	 * @param text whether it must be UTF-8
	 * @param most how many bytes it may inflate to
	 * @return 1007, 1009 or 0
	 */
	public int fault(byte[] beginning, boolean text, int most) {
		Inflated inflated = inflate(beginning, most + 1);
		int wrong = text ? NaiveUtf8.firstWrong(inflated.bytes) : -1;
		if (wrong >= 0 && wrong < Math.min(inflated.bytes.length, most)) {
			return 1007;
		}
		if (inflated.bytes.length > most) {
			return 1009;
		}
		return inflated.corrupt ? 1007 : 0;
	}

	/** The same for a whole message. */
	public int faultOfWhole(byte[] message, boolean text, int most) {
		byte[] withTail = withTail(message);
		int fault = fault(withTail, text, most);
		if (fault != 0) {
			return fault;
		}
		Inflated ended = inflate(withTail, most + 1);
		if (!ended.finished) {
			// it ends between two blocks if a last one can follow
			Inflated more = inflate(join(withTail, EMPTY_LAST_BLOCK), most + 1);
			if (more.corrupt || !more.finished || !Arrays.equals(more.bytes, ended.bytes)) {
				return 1007;
			}
		}
		return (text && NaiveUtf8.firstWrong(ended.bytes) >= 0) ? 1007 : 0;
	}

	/** The whole message, in which nothing is wrong. The next one begins. */
	public byte[] end(byte[] message) {
		byte[] bytes = inflate(withTail(message), Integer.MAX_VALUE).bytes;
		this.total += bytes.length;
		byte[] all = join(this.before, bytes);
		this.before = this.keepsWindow ? lastOf(all) : this.before;
		return bytes;
	}

	/** How many bytes the ended messages, and the beginning of another, inflate to. */
	public long size(byte[] beginning, int most) {
		return this.total + inflate(beginning, most + 1).bytes.length;
	}

	private byte[] withTail(byte[] message) {
		return inflate(message, Integer.MAX_VALUE).finished ? message : join(message, TAIL);
	}

	private static byte[] lastOf(byte[] bytes) {
		return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 32_768), bytes.length);
	}

	private static byte[] join(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

	/**
	 * What compressed bytes stand for.
	 *
	 * @param bytes as much as there is, and was asked for
	 * @param corrupt whether nothing can follow them
	 * @param finished whether they end with a last block
	 */
	private record Inflated(byte[] bytes, boolean corrupt, boolean finished) {
	}

	private Inflated inflate(byte[] compressed, int most) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Inflater zlib = new Inflater(true);
		try {
			int from = 0;
			while (true) {
				zlib.reset();
				byte[] window = lastOf(join(this.before, out.toByteArray()));
				if (window.length > 0) {
					zlib.setDictionary(window);
				}
				zlib.setInput(compressed, from, compressed.length - from);
				boolean sound = block(zlib, out, most);
				if (!sound || !zlib.finished() || zlib.getRemaining() == 0) {
					return new Inflated(out.toByteArray(), !sound, zlib.finished());
				}
				from = compressed.length - zlib.getRemaining();
			}
		}
		finally {
			zlib.end();
		}
	}

	/** Up to a last block; false if it is corrupt. */
	private static boolean block(Inflater zlib, ByteArrayOutputStream out, int most) {
		byte[] room = new byte[1024];
		while (out.size() < most) {
			long before = zlib.getBytesWritten();
			try {
				int count = zlib.inflate(room, 0, Math.min(room.length, most - out.size()));
				out.write(room, 0, count);
				if (count == 0) {
					return true;
				}
			}
			catch (DataFormatException ex) {
				out.write(room, 0, (int) (zlib.getBytesWritten() - before));
				return false;
			}
		}
		return true;
	}

}
