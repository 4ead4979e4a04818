package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;

/**
 * Gathers one payload: in borrowed memory while it may still arrive whole, in an array of
 * its own from the moment that it does not. What that holds is less than twice what has
 * arrived, whatever lengths were declared, unless it is one of the {@link SpareArrays}.
 */
final class PayloadBuffer {

	private static final int SMALLEST = 256;

	/** Some JVMs have no longer array. */
	static final int LARGEST = Integer.MAX_VALUE - 8;

	private final byte[] borrowed;

	private final Scratch scratch;

	private byte[] bytes;

	private int length;

	/** Whether the array is a spare one. */
	private boolean lent;

	PayloadBuffer(byte[] borrowed, Scratch scratch) {
		this.borrowed = borrowed;
		this.scratch = scratch;
		this.bytes = borrowed;
	}

	/** Reads what is there of the current frame's payload. */
	int read(FrameReader frame, ByteBuffer in) {
		int arriving = (int) Math.min(frame.remaining(), in.remaining());
		// what does not arrive whole would be moved at once
		boolean stays = this.bytes != this.borrowed || arriving == frame.remaining();
		if (arriving > this.bytes.length - this.length || (!stays && arriving > 0)) {
			grow(this.length + arriving, frame.fin() ? frame.remaining() - arriving : LARGEST);
		}
		int count = frame.readPayload(in, this.bytes, this.length);
		this.length += count;
		return count;
	}

	/**
	 * Inflates some of what a compressed message holds.
	 * @param most bytes in all, above what there is
	 * @return how many bytes; 0 when more input is needed
	 */
	int inflate(MessageInflater inflater, int most) {
		if (this.length == this.bytes.length) {
			grow(this.length + 1, most - this.length - 1);
		}
		int room = Math.min(this.bytes.length, most) - this.length;
		int count = inflater.inflate(this.bytes, this.length, room);
		this.length += count;
		return count;
	}

	/** Moves out of the borrowed memory, which somebody else is about to use. */
	void keep(long expected) {
		if (this.length > 0 && this.bytes == this.borrowed) {
			grow(this.length, expected);
		}
	}

	/**
	 * Doubles, as long as that much may come: were it made to fit each fragment, a
	 * message would be copied as often as it has fragments.
	 */
	private void grow(int needed, long expected) {
		long roomy = Math.max(SMALLEST, Math.min(2L * needed, LARGEST));
		long whole = Math.min(needed + expected, LARGEST);
		byte[] spare = this.scratch.spares().lend((whole < LARGEST) ? whole : roomy);
		boolean lent = spare != null;
		byte[] longer = (spare != null) ? spare : new byte[(int) Math.min(whole, roomy)];
		System.arraycopy(this.bytes, 0, longer, 0, this.length);
		if (this.lent) {
			this.scratch.spares().giveBack(this.bytes);
		}
		this.bytes = longer;
		this.lent = lent;
	}

	/** The payload is of no more use. */
	void clear() {
		if (this.lent) {
			this.scratch.spares().giveBack(this.bytes);
		}
		else if (this.bytes.length >= SpareArrays.SHORTEST && this.bytes != this.borrowed) {
			this.scratch.spares().keep(this.bytes);
		}
		this.lent = false;
		this.bytes = this.borrowed;
		this.length = 0;
	}

	/** Memory of its own. */
	int held() {
		return (this.bytes == this.borrowed) ? 0 : this.bytes.length;
	}

	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.length;
	}

}
