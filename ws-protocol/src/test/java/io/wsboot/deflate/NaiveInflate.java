package io.wsboot.deflate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Reads DEFLATE (RFC 1951) bit by bit, in the most obvious way, and notes how far back
 * its matches reach. Shares no code with zlib.
 */
public final class NaiveInflate {

	private static final int[] LENGTH_BASE = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59,
			67, 83, 99, 115, 131, 163, 195, 227, 258 };

	private static final int[] DISTANCE_BASE = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385,
			513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };

	private static final int[] CODE_LENGTH_ORDER = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

	private final byte[] in;

	private int bit;

	/** What has been inflated, from the first message on. */
	private byte[] out;

	private int length;

	private int farthest;

	private NaiveInflate(byte[] in, byte[] before) {
		this.in = in;
		this.out = Arrays.copyOf(before, before.length + 1024);
		this.length = before.length;
	}

	/**
	 * What a message says, and how far back it reaches.
	 *
	 * @param bytes the message
	 * @param farthest the greatest distance of a match; 0 if there is none
	 * @param blocks how many blocks it had, the one taken off its end included
	 */
	public record Result(byte[] bytes, int farthest, int blocks) {
	}

	/**
	 * Reads a compressed payload, which ends with a last block, or between two blocks
	 * once it has its tail.
	 */
	public static Result message(byte[] payload, byte[] before) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		whole.writeBytes(payload);
		whole.writeBytes(new byte[] { 0, 0, (byte) 0xFF, (byte) 0xFF });
		NaiveInflate inflate = new NaiveInflate(whole.toByteArray(), before);
		int blocks = 0;
		boolean over = false;
		while (!over && inflate.bit < 8 * inflate.in.length) {
			boolean last = inflate.block();
			blocks++;
			over = last && inflate.bit == 8 * payload.length;
		}
		return new Result(Arrays.copyOfRange(inflate.out, before.length, inflate.length), inflate.farthest, blocks);
	}

	private int bits(int count) {
		int value = 0;
		for (int i = 0; i < count; i++) {
			value |= (this.in[this.bit >> 3] >> (this.bit & 7) & 1) << i;
			this.bit++;
		}
		return value;
	}

	private boolean block() {
		boolean last = bits(1) == 1;
		switch (bits(2)) {
			case 0 -> stored();
			case 1 -> {
				int[] literals = new int[288];
				Arrays.fill(literals, 0, 144, 8);
				Arrays.fill(literals, 144, 256, 9);
				Arrays.fill(literals, 256, 280, 7);
				Arrays.fill(literals, 280, 288, 8);
				int[] distances = new int[30];
				Arrays.fill(distances, 5);
				compressed(literals, distances);
			}
			case 2 -> dynamic();
			default -> throw new IllegalStateException("reserved type of block");
		}
		if (last) {
			this.bit = (this.bit + 7) & ~7;
		}
		return last;
	}

	private void stored() {
		this.bit = (this.bit + 7) & ~7;
		int size = bits(16);
		if (bits(16) != (~size & 0xFFFF)) {
			throw new IllegalStateException("lengths of a stored block");
		}
		for (int i = 0; i < size; i++) {
			put((byte) bits(8));
		}
	}

	private void dynamic() {
		int literals = 257 + bits(5);
		int distances = 1 + bits(5);
		int codes = 4 + bits(4);
		int[] codeLengths = new int[19];
		for (int i = 0; i < codes; i++) {
			codeLengths[CODE_LENGTH_ORDER[i]] = bits(3);
		}
		int[] lengths = new int[literals + distances];
		int at = 0;
		while (at < lengths.length) {
			int symbol = symbol(codeLengths);
			if (symbol < 16) {
				lengths[at++] = symbol;
				continue;
			}
			int value = (symbol == 16) ? lengths[at - 1] : 0;
			int times = switch (symbol) {
				case 16 -> 3 + bits(2);
				case 17 -> 3 + bits(3);
				default -> 11 + bits(7);
			};
			Arrays.fill(lengths, at, at + times, value);
			at += times;
		}
		compressed(Arrays.copyOf(lengths, literals), Arrays.copyOfRange(lengths, literals, lengths.length));
	}

	private void compressed(int[] literalLengths, int[] distanceLengths) {
		int symbol = symbol(literalLengths);
		while (symbol != 256) {
			if (symbol < 256) {
				put((byte) symbol);
			}
			else {
				int code = symbol - 257;
				int extra = (code < 8 || code == 28) ? 0 : code / 4 - 1;
				int count = LENGTH_BASE[code] + bits(extra);
				int distanceCode = symbol(distanceLengths);
				int distance = DISTANCE_BASE[distanceCode] + bits((distanceCode < 4) ? 0 : distanceCode / 2 - 1);
				this.farthest = Math.max(this.farthest, distance);
				for (int i = 0; i < count; i++) {
					put(this.out[this.length - distance]);
				}
			}
			symbol = symbol(literalLengths);
		}
	}

	/** The canonical code of RFC 1951 §3.2.2, counted along while its bits are read. */
	private int symbol(int[] lengths) {
		int code = 0;
		int first = 0;
		for (int length = 1; length <= 15; length++) {
			code |= bits(1);
			int count = 0;
			for (int symbol = 0; symbol < lengths.length; symbol++) {
				if (lengths[symbol] == length) {
					if (first + count == code) {
						return symbol;
					}
					count++;
				}
			}
			first = (first + count) << 1;
			code <<= 1;
		}
		throw new IllegalStateException("no such code");
	}

	private void put(byte value) {
		if (this.length == this.out.length) {
			this.out = Arrays.copyOf(this.out, 2 * this.length);
		}
		this.out[this.length++] = value;
	}

}
