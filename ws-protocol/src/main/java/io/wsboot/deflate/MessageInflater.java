package io.wsboot.deflate;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.wsboot.CloseStatus;
import io.wsboot.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one client as their bytes arrive (RFC 7692 §7.2.2):
 * {@link #input} a piece and {@link #inflate} until that yields nothing; after the last
 * piece {@link #endInput}, inflate once more, and {@link #endMessage}. The caller bounds
 * what comes out by the room that it gives. Not thread-safe.
 */
public final class MessageInflater {

	/** What the client has taken off the end of each message (§7.2.1). */
	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	/** An empty last block: only between two blocks does it end the stream. */
	private static final byte[] LAST_BLOCK = { 1, 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final Inflaters inflaters;

	private final boolean keepsWindow;

	private @Nullable Inflater inflater;

	private byte[] current = TAIL;

	private int currentEnd;

	/**
	 * Inflates nothing yet, and holds nothing.
	 * @param inflaters where zlib states come from
	 * @param keepsWindow whether the client's messages may refer to earlier ones
	 */
	public MessageInflater(Inflaters inflaters, boolean keepsWindow) {
		this.inflaters = inflaters;
		this.keepsWindow = keepsWindow;
	}

	/**
	 * Takes a piece of a message.
	 * @param bytes holds the piece, and must stay as it is until {@link #inflate} yields
	 * nothing
	 * @param length how many bytes from index 0
	 */
	public void input(byte[] bytes, int length) {
		this.current = bytes;
		this.currentEnd = length;
		zlib().setInput(bytes, 0, length);
	}

	/** The message has no more pieces. */
	public void endInput() {
		Inflater zlib = zlib();
		// a message that ends with a last block needs no tail, although §7.2.3.5 would
		// have its sender add a byte for it
		if (!zlib.finished()) {
			input(TAIL, TAIL.length);
		}
	}

	/**
	 * Inflates as much as there is and fits.
	 * @param to takes the bytes
	 * @param at index of the first one
	 * @param room how many there may be, 1 or more
	 * @return how many there are; 0 when more input is needed
	 * @throws ProtocolViolation 1007 if the data is corrupt
	 */
	public int inflate(byte[] to, int at, int room) {
		Inflater zlib = zlib();
		try {
			while (true) {
				int count = zlib.inflate(to, at, room);
				if (count > 0) {
					return count;
				}
				if (zlib.finished() && zlib.getRemaining() > 0) {
					startAgain(zlib); // §7.2.3.5: other blocks may follow a last block
				}
				else if (zlib.needsDictionary()) {
					throw corrupt();
				}
				else if (zlib.needsInput() || zlib.finished()) {
					return 0;
				}
			}
		}
		catch (DataFormatException ex) {
			throw corrupt();
		}
	}

	private void startAgain(Inflater zlib) {
		int left = zlib.getRemaining();
		zlib.reset();
		zlib.setInput(this.current, this.currentEnd - left, left);
	}

	/**
	 * Ends the message, and makes ready for the next one.
	 * @throws ProtocolViolation 1007 if the message broke off in the middle of a block
	 */
	public void endMessage() {
		Inflater zlib = zlib();
		if (!this.keepsWindow) {
			boolean whole = isBetweenBlocks(zlib);
			end();
			if (!whole) {
				throw corrupt();
			}
		}
		else if (zlib.finished()) {
			end(); // the window ends with the last block
		}
	}

	private static boolean isBetweenBlocks(Inflater zlib) {
		if (zlib.finished()) {
			return true;
		}
		zlib.setInput(LAST_BLOCK);
		try {
			return zlib.inflate(new byte[1]) == 0 && zlib.finished() && zlib.getRemaining() == 0;
		}
		catch (DataFormatException ex) {
			return false;
		}
	}

	/** Gives the zlib state back, if one is held. */
	public void end() {
		if (this.inflater != null) {
			this.inflaters.giveBack(this.inflater);
			this.inflater = null;
		}
	}

	private Inflater zlib() {
		if (this.inflater == null) {
			this.inflater = this.inflaters.take();
		}
		return this.inflater;
	}

	private static ProtocolViolation corrupt() {
		return new ProtocolViolation(CloseStatus.INVALID_PAYLOAD, "compressed data is corrupt (RFC 7692 §7.2.2)");
	}

}
