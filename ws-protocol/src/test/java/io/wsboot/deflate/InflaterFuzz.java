package io.wsboot.deflate;

import java.util.Arrays;

import io.wsboot.HeldBytes;
import io.wsboot.frame.ProtocolViolation;

/**
 * Fuzz target: compressed messages of one client, against {@link NaiveInflation}. Its
 * input is a byte that chooses whether messages refer to earlier ones and how they are
 * cut, and then each message behind its length, of which 255 means all that is left.
 */
public final class InflaterFuzz {

	private static final int MOST = 20_000;

	private static final Inflaters INFLATERS = new Inflaters();

	private final MessageInflater inflater;

	private final NaiveInflation naive;

	private final int piece;

	private final int room;

	private final byte[] lent;

	private byte[] bytes = new byte[64];

	private int length;

	private long received;

	private InflaterFuzz(int choice) {
		boolean keepsWindow = (choice & 1) != 0;
		this.inflater = new MessageInflater(INFLATERS, keepsWindow);
		this.naive = new NaiveInflation(keepsWindow);
		this.piece = 1 << ((choice >> 1 & 7) * 2);
		this.room = 1 << (choice >> 4);
		this.lent = new byte[Math.min(this.piece, 8192)];
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 1) {
			return;
		}
		InflaterFuzz trial = new InflaterFuzz(input[0] & 0xFF);
		int at = 1;
		boolean goesOn = true;
		while (goesOn && at < input.length) {
			int length = input[at++] & 0xFF;
			int end = (length == 255) ? input.length : Math.min(input.length, at + length);
			goesOn = trial.message(Arrays.copyOfRange(input, at, end));
			at = end;
		}
		trial.inflater.end();
		trial.require(INFLATERS.held() == 0, INFLATERS.held() + " states or windows are held");
		trial.require(HeldBytes.of(trial.inflater, INFLATERS) == 0, "memory is held");
	}

	/** False if the message is refused, and so the last one. */
	private boolean message(byte[] compressed) {
		int expected = this.naive.faultOfWhole(compressed, false, MOST);
		int fault = inflate(compressed);
		require(fault == expected, "ends with " + fault + ", not " + expected);
		if (fault != 0) {
			return false;
		}
		byte[] message = Arrays.copyOf(this.bytes, this.length);
		require(Arrays.equals(message, this.naive.end(compressed)), "inflates to something else");
		this.received += this.length;
		this.length = 0;
		require(HeldBytes.of(this.inflater, INFLATERS) <= Math.min(32_768, 2 * this.received), "holds too much");
		return true;
	}

	private int inflate(byte[] compressed) {
		try {
			for (int from = 0; from < compressed.length; from += this.lent.length) {
				int count = Math.min(this.lent.length, compressed.length - from);
				System.arraycopy(compressed, from, this.lent, 0, count);
				this.inflater.input(this.lent, count);
				if (!all()) {
					return 1009;
				}
				Arrays.fill(this.lent, (byte) 0xA5);
			}
			this.inflater.endInput();
			if (!all()) {
				return 1009;
			}
			this.inflater.endMessage(this.bytes, this.length);
			return 0;
		}
		catch (ProtocolViolation ex) {
			return ex.status().code();
		}
	}

	/** False if that is too much. */
	private boolean all() {
		int count;
		do {
			int room = Math.min(this.room, MOST + 1 - this.length);
			if (this.bytes.length < this.length + room) {
				this.bytes = Arrays.copyOf(this.bytes, 2 * (this.length + room));
			}
			count = this.inflater.inflate(this.bytes, this.length, room);
			this.length += count;
			require(count >= 0 && count <= room, "inflates more than there is room for");
			require(INFLATERS.held() <= 2, "holds more than a state and a window");
		}
		while (count > 0 && this.length <= MOST);
		return this.length <= MOST;
	}

	private void require(boolean condition, String message) {
		if (!condition) {
			throw new AssertionError(message);
		}
	}

}
