package io.wsboot.protocol;

import java.nio.ByteBuffer;

import io.wsboot.deflate.MessageInflater;
import io.wsboot.frame.FrameReader;

/**
 * Gathers one payload: in borrowed memory while the payload may still arrive whole, then
 * in an array of its own. That array is less than twice as long as the bytes that have
 * arrived, whatever length was declared, unless it is one of the {@link SpareArrays}.
 */
final class PayloadBuffer {

	private static final int SMALLEST = 256;

	/** Some JVMs have no longer array. */
	static final int LARGEST = Integer.MAX_VALUE - 8;

	private final byte[] borrowed;

	private final PayloadMemory memory;

	private byte[] bytes;

	private int length;

	/** Whether the array is one of the spare arrays. */
	private boolean lent;

	PayloadBuffer(byte[] borrowed, PayloadMemory memory) {
		this.borrowed = borrowed;
		this.memory = memory;
		this.bytes = borrowed;
	}

	/** Reads as much of the current frame's payload as has arrived; returns the count. */
	int read(FrameReader frame, ByteBuffer in) {
		int arriving = (int) Math.min(frame.remaining(), in.remaining());
		// bytes that do not arrive whole would have to move at once
		boolean stays = this.bytes != this.borrowed || arriving == frame.remaining();
		if (arriving > this.bytes.length - this.length || (!stays && arriving > 0)) {
			grow(this.length + arriving, frame.fin() ? frame.remaining() - arriving : LARGEST);
		}
		int count = frame.readPayload(in, this.bytes, this.length);
		this.length += count;
		return count;
	}

	/**
	 * Inflates the next bytes of a compressed message.
	 * @param most the most bytes of the message, more than there are
	 * @return how many bytes were added; 0 when more input is needed
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

	/**
	 * Moves the payload out of the borrowed memory, which another connection may use
	 * next.
	 * @param expected how many more bytes may come
	 */
	void keep(long expected) {
		if (this.length > 0 && this.bytes == this.borrowed) {
			grow(this.length, expected);
		}
	}

	/**
	 * Doubles the array, as long as that many bytes may come. An array that just fits
	 * would be copied for each fragment.
	 */
	private void grow(int needed, long expected) {
		long roomy = Math.max(SMALLEST, Math.min(2L * needed, LARGEST));
		long whole = Math.min(needed + expected, LARGEST);
		byte[] spare = this.memory.spares().lend((whole < LARGEST) ? whole : roomy);
		boolean lent = spare != null;
		byte[] longer = (spare != null) ? spare : new byte[(int) Math.min(whole, roomy)];
		System.arraycopy(this.bytes, 0, longer, 0, this.length);
		if (this.lent) {
			this.memory.spares().giveBack(this.bytes);
		}
		this.bytes = longer;
		this.lent = lent;
	}

	/** Frees the array: the payload is not needed any more. */
	void clear() {
		if (this.lent) {
			this.memory.spares().giveBack(this.bytes);
		}
		else if (this.bytes.length >= SpareArrays.SHORTEST && this.bytes != this.borrowed) {
			this.memory.spares().keep(this.bytes);
		}
		this.lent = false;
		this.bytes = this.borrowed;
		this.length = 0;
	}

	/** Bytes of memory of its own. */
	int held() {
		return (this.bytes == this.borrowed) ? 0 : this.bytes.length;
	}

	/** The array that holds the payload from index 0. */
	byte[] bytes() {
		return this.bytes;
	}

	/** Payload bytes so far. */
	int length() {
		return this.length;
	}

}
