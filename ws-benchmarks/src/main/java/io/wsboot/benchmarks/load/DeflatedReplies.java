package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Replies of one compressed frame each (RFC 7692), without context takeover. What has
 * been inflated once and was right is then only compared, as inflating every reply would
 * cost the load more than the server.
 */
final class DeflatedReplies implements Replies {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final Payloads payloads;

	/** Shared by the connections: compressed replies that were right. */
	private final byte[][] known;

	private final byte[] frame;

	private int length;

	private int message;

	DeflatedReplies(Payloads payloads, byte[][] known) {
		this.payloads = payloads;
		this.known = known;
		this.frame = new byte[payloads.size() + 64];
	}

	@Override
	public int accept(ByteBuffer in) {
		int complete = 0;
		while (in.hasRemaining()) {
			int needed = needed();
			if (needed > this.frame.length) {
				throw new WrongReplyException("a frame of " + needed + " bytes");
			}
			int count = Math.min(needed - this.length, in.remaining());
			in.get(this.frame, this.length, count);
			this.length += count;
			if (this.length >= 4 && this.length == needed()) {
				check();
				complete++;
			}
		}
		return complete;
	}

	/** Compressed JSON has more than two bytes, so that the size is known after four. */
	private int needed() {
		if (this.length < 4) {
			return 4;
		}
		int form = this.frame[1] & 0x7F;
		return (form < 126) ? 2 + form : 4 + ((this.frame[2] & 0xFF) << 8 | this.frame[3] & 0xFF);
	}

	private void check() {
		byte[] right = this.known[this.message];
		if (right == null || !Arrays.equals(this.frame, 0, this.length, right, 0, right.length)) {
			inflate();
			this.known[this.message] = Arrays.copyOf(this.frame, this.length);
		}
		this.message = (this.message + 1) % this.known.length;
		this.length = 0;
	}

	private void inflate() {
		if ((this.frame[0] & 0xFF) != 0xC1) {
			throw new WrongReplyException("a reply is not compressed");
		}
		int header = ((this.frame[1] & 0x7F) < 126) ? 2 : 4;
		byte[] compressed = Arrays.copyOfRange(this.frame, header, this.length + TAIL.length);
		System.arraycopy(TAIL, 0, compressed, compressed.length - TAIL.length, TAIL.length);
		byte[] plain = new byte[this.payloads.size() + 1];
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(compressed);
			int count = inflater.inflate(plain);
			if (!Arrays.equals(plain, 0, count, this.payloads.messages()[this.message], 0, this.payloads.size())) {
				throw new WrongReplyException("a reply inflates to something else");
			}
		}
		catch (DataFormatException ex) {
			throw new WrongReplyException("a reply does not inflate: " + ex.getMessage());
		}
		finally {
			inflater.end();
		}
	}

}
