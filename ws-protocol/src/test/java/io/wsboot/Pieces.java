package io.wsboot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Cuts bytes into pieces in a way that one number stands for: 0 leaves them whole, 1
 * takes them one by one, any other one is a way of its own. As from an event loop, all
 * pieces come in one direct, little-endian buffer, in which the next piece overwrites the
 * last one.
 */
public final class Pieces {

	private static final byte JUNK = (byte) 0xA5;

	private static final int MARGIN = 3;

	private static final int ROOM = 8 * 1024;

	private final byte[] wire;

	private final int cuts;

	private final SplittableRandom random;

	private final ByteBuffer buffer = Buffer.OF_THREAD.get();

	private int taken;

	/**
	 * Cuts bytes.
	 * @param wire the bytes
	 * @param cuts in which way
	 */
	public Pieces(byte[] wire, int cuts) {
		this.wire = wire;
		this.cuts = cuts;
		this.random = new SplittableRandom(cuts);
	}

	/** Whether there are more bytes. */
	public boolean more() {
		return this.taken < this.wire.length;
	}

	/** How many bytes have been lent. */
	public int taken() {
		return this.taken;
	}

	/** The next piece, which ends where another one must begin, or before. */
	public ByteBuffer next(int until) {
		int most = Math.min(Math.min(this.wire.length, until) - this.taken, ROOM);
		int count = switch (this.cuts) {
			case 0 -> most;
			case 1 -> 1;
			default -> Math.min(most, 1 + this.random.nextInt(1 << (1 + this.cuts % 9)));
		};
		this.buffer.clear();
		int last = Math.min(this.buffer.capacity(), 2 * MARGIN + count + 16);
		for (int i = 0; i < last; i++) {
			this.buffer.put(i, JUNK);
		}
		this.buffer.put(MARGIN, this.wire, this.taken, count);
		this.taken += count;
		return this.buffer.limit(MARGIN + count).position(MARGIN);
	}

	/** The next piece. */
	public ByteBuffer next() {
		return next(this.wire.length);
	}

	/** Direct buffers are too dear to make one for each input. */
	private static final class Buffer {

		static final ThreadLocal<ByteBuffer> OF_THREAD = ThreadLocal
			.withInitial(() -> ByteBuffer.allocateDirect(ROOM + 2 * MARGIN).order(ByteOrder.LITTLE_ENDIAN));

	}

}
