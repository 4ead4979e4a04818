package io.wsboot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs a test over every way that TCP might cut its bytes in two, and over the bytes
 * whole and one by one. What a reader makes of bytes must not depend on where they were
 * cut.
 * <p>
 * The chunks of one trial come in one and the same direct, little-endian buffer, as they
 * do from an event loop: the next chunk overwrites the last one, and bytes outside
 * position and limit are junk. A reader that keeps its input, uses {@code array()} or
 * counts from zero fails.
 */
public final class EverySplit {

	private static final byte JUNK = (byte) 0xA5;

	private static final int MARGIN = 3;

	private EverySplit() {
	}

	/**
	 * Runs a trial for each cut. It takes a chunk, from position to limit, lent until it
	 * takes the next one.
	 * @param wire the bytes, which are not changed
	 * @param trial what to do with the chunks; called once for each cut
	 */
	public static void forEach(byte[] wire, Consumer<Iterable<ByteBuffer>> trial) {
		run("whole", trial, wire, 0, wire.length);
		for (int cut = 1; cut < wire.length; cut++) {
			run("cut at " + cut + " of " + wire.length, trial, wire, 0, cut, wire.length);
		}
		run("byte by byte", trial, wire, IntStream.rangeClosed(0, wire.length).toArray());
	}

	/**
	 * The same for text on the wire.
	 * @param wire characters up to 0xFF, each of which is one byte
	 * @param trial what to do with the chunks
	 */
	public static void forEach(String wire, Consumer<Iterable<ByteBuffer>> trial) {
		forEach(wire.getBytes(StandardCharsets.ISO_8859_1), trial);
	}

	private static void run(String cut, Consumer<Iterable<ByteBuffer>> trial, byte[] wire, int... bounds) {
		try {
			trial.accept(() -> new Chunks(wire, bounds));
		}
		catch (RuntimeException | AssertionError ex) {
			throw new AssertionError("[" + cut + "] " + ex.getMessage(), ex);
		}
	}

	/** Lends the bytes between each two neighbouring bounds. */
	private static final class Chunks implements Iterator<ByteBuffer> {

		private final byte[] wire;

		private final int[] bounds;

		private final ByteBuffer buffer;

		private int next = 1;

		Chunks(byte[] wire, int[] bounds) {
			this.wire = wire;
			this.bounds = bounds;
			this.buffer = ByteBuffer.allocateDirect(wire.length + 2 * MARGIN).order(ByteOrder.LITTLE_ENDIAN);
		}

		@Override
		public boolean hasNext() {
			return this.next < this.bounds.length;
		}

		@Override
		public ByteBuffer next() {
			int from = this.bounds[this.next - 1];
			int length = this.bounds[this.next++] - from;
			this.buffer.clear();
			while (this.buffer.hasRemaining()) {
				this.buffer.put(JUNK);
			}
			this.buffer.put(MARGIN, this.wire, from, length);
			return this.buffer.limit(MARGIN + length).position(MARGIN);
		}

	}

}
