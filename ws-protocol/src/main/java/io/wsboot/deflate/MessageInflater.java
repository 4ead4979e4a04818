package io.wsboot.deflate;

import java.util.Arrays;
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

	private static final byte[] NOTHING = {};

	/** What zlib allocates for one, outside of the heap. */
	private static final int STATE_MEMORY = 40 * 1024;

	private final Inflaters inflaters;

	private final boolean keepsWindow;

	/** Without what the zlib state has inflated since it was fresh. */
	private final SlidingWindow window = new SlidingWindow();

	/** While a message arrives. */
	private @Nullable Inflater inflater;

	private byte[] current = NOTHING;

	private int currentEnd;

	/** How much of the message is in the window already. */
	private int inWindow;

	private boolean windowCounted;

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
		// a message that ends with a last block needs no tail, although §7.2.3.5 would
		// have its sender add a byte for it
		if (!zlib().finished()) {
			input(TAIL, TAIL.length);
		}
	}

	/**
	 * Inflates as much as there is and fits.
	 * @param message takes the bytes, and holds the message so far from index 0 on
	 * @param length of the message so far, and where the bytes go
	 * @param room how many there may be, 1 or more
	 * @return how many there are; 0 when more input is needed
	 * @throws ProtocolViolation 1007 if the data is corrupt
	 */
	public int inflate(byte[] message, int length, int room) {
		Inflater zlib = zlib();
		int count = inflated(zlib, message, length, room);
		while (count == 0 && zlib.finished() && zlib.getRemaining() > 0) {
			startAgain(zlib, message, length);
			count = inflated(zlib, message, length, room);
		}
		return count;
	}

	/** Bytes before a fault count; the next call meets it again. */
	private static int inflated(Inflater zlib, byte[] message, int length, int room) {
		long before = zlib.getBytesWritten();
		try {
			return zlib.inflate(message, length, room);
		}
		catch (DataFormatException ex) {
			int count = (int) (zlib.getBytesWritten() - before);
			if (count == 0) {
				throw corrupt();
			}
			return count;
		}
	}

	/**
	 * Other blocks may follow a last block (§7.2.1), and refer to what was before it as
	 * any block may.
	 */
	private void startAgain(Inflater zlib, byte[] message, int length) {
		int left = zlib.getRemaining();
		this.window.append(message, this.inWindow, length);
		this.inWindow = length;
		zlib.reset();
		this.window.lendTo(zlib);
		zlib.setInput(this.current, this.currentEnd - left, left);
	}

	/**
	 * Goes on with the message at another place, as what has been inflated is about to be
	 * taken away.
	 * @param index where the next byte will go; what is before it has been inflated
	 * @param message what has been inflated since the last time, or all of it
	 * @param length where it ends
	 */
	public void goOnAt(int index, byte[] message, int length) {
		this.window.append(message, this.inWindow, length);
		this.inWindow = index;
	}

	/**
	 * Moves what is left of the last piece out of the array that it came in, which is
	 * about to be used for something else.
	 */
	public void keepInput() {
		int left = (this.inflater == null) ? 0 : this.inflater.getRemaining();
		if (left > 0) {
			input(Arrays.copyOfRange(this.current, this.currentEnd - left, this.currentEnd), left);
		}
	}

	/**
	 * Ends the message, and makes ready for the next one.
	 * @param message the whole of it, from index 0 on, or what came since {@link #goOnAt}
	 * @param length where it ends
	 * @throws ProtocolViolation 1007 if the message broke off in the middle of a block
	 */
	public void endMessage(byte[] message, int length) {
		boolean whole = isBetweenBlocks(zlib());
		giveBack();
		if (!whole) {
			throw corrupt();
		}
		if (this.keepsWindow) {
			this.window.append(message, this.inWindow, length);
			if (!this.windowCounted && !this.window.isEmpty()) {
				this.windowCounted = true;
				this.inflaters.windowKept();
			}
		}
		else {
			this.window.clear();
		}
		this.inWindow = 0;
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

	/**
	 * Memory that is held for the message that arrives.
	 * @return bytes, 0 or more
	 */
	public int held() {
		return (this.inflater == null) ? 0 : STATE_MEMORY;
	}

	/**
	 * Memory that is kept for the messages to come.
	 * @return bytes, 0 to 32 KiB
	 */
	public int kept() {
		return this.window.capacity();
	}

	/** Lets go of all that is held, and forgets what the client has sent. */
	public void end() {
		giveBack();
		if (this.windowCounted) {
			this.windowCounted = false;
			this.inflaters.windowGone();
		}
		this.window.clear();
		this.inWindow = 0;
	}

	private void giveBack() {
		if (this.inflater != null) {
			this.inflaters.giveBack(this.inflater);
			this.inflater = null;
			this.current = NOTHING;
		}
	}

	private Inflater zlib() {
		if (this.inflater == null) {
			this.inflater = this.inflaters.take();
			this.window.lendTo(this.inflater);
		}
		return this.inflater;
	}

	private static ProtocolViolation corrupt() {
		return new ProtocolViolation(CloseStatus.INVALID_PAYLOAD, "compressed data is corrupt (RFC 7692 §7.2.2)");
	}

}
