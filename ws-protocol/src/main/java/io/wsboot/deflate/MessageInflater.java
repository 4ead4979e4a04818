package io.wsboot.deflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.wsboot.CloseStatus;
import io.wsboot.frame.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one peer as their bytes arrive (RFC 7692 §7.2.2). For each
 * piece, call {@link #input}, then {@link #inflate} until it returns 0. After the last
 * piece, call {@link #endInput}, then {@link #inflate} again until it returns 0, and
 * {@link #endMessage}. The caller bounds the inflated bytes by the room that it gives.
 * Not thread-safe.
 */
public final class MessageInflater {

	/** The bytes that the peer has taken off the end of each message (§7.2.1). */
	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	/** An empty last block, which ends the stream only between two blocks. */
	private static final byte[] LAST_BLOCK = { 1, 0, 0, (byte) 0xFF, (byte) 0xFF };

	private static final byte[] NOTHING = {};

	/** Bytes that zlib allocates for one state, outside of the heap. */
	private static final int STATE_MEMORY = 40 * 1024;

	private final Inflaters inflaters;

	private final boolean keepsWindow;

	/** Does not hold the bytes that the current zlib state has inflated. */
	private final SlidingWindow window = new SlidingWindow();

	/** Null between messages. */
	private @Nullable Inflater inflater;

	private byte[] current = NOTHING;

	private int currentEnd;

	/** How many bytes of the message are in the window already. */
	private int inWindow;

	private boolean windowCounted;

	/**
	 * Makes an inflater that holds nothing yet.
	 * @param inflaters lends zlib states
	 * @param keepsWindow whether a message of the peer may refer to earlier messages
	 */
	public MessageInflater(Inflaters inflaters, boolean keepsWindow) {
		this.inflaters = inflaters;
		this.keepsWindow = keepsWindow;
	}

	/**
	 * Takes a piece of a message.
	 * @param bytes holds the piece from index 0, and must stay as it is until
	 * {@link #inflate} returns 0
	 * @param length bytes of the piece
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
	 * Inflates as many bytes as there are and fit.
	 * @param message holds the message so far from index 0, and takes the next bytes
	 * @param length bytes of the message so far, and the index of the next byte
	 * @param room the most bytes to add, 1 or more
	 * @return how many bytes were added; 0 when more input is needed
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

	/** Bytes before a fault count; the next call meets the fault again. */
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
	 * Begins anew behind a last block: other blocks may follow it (§7.2.1), and may refer
	 * to what was before it.
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
	 * Goes on with the message at another index, as the inflated bytes are about to be
	 * handed on.
	 * @param index index of the next byte; the bytes before it have been inflated
	 * @param message the inflated bytes since the last call, or all of the message
	 * @param length index behind the last inflated byte
	 */
	public void goOnAt(int index, byte[] message, int length) {
		this.window.append(message, this.inWindow, length);
		this.inWindow = index;
	}

	/**
	 * Copies the rest of the last piece, as the array of the piece is about to be used
	 * for something else.
	 */
	public void keepInput() {
		int left = (this.inflater == null) ? 0 : this.inflater.getRemaining();
		if (left > 0) {
			input(Arrays.copyOfRange(this.current, this.currentEnd - left, this.currentEnd), left);
		}
	}

	/**
	 * Ends the message. The next input belongs to another message.
	 * @param message the whole message from index 0, or the bytes since {@link #goOnAt}
	 * @param length index behind the last byte
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
	 * Memory that is held while a message arrives.
	 * @return bytes, 0 or more
	 */
	public int held() {
		return (this.inflater == null) ? 0 : STATE_MEMORY;
	}

	/**
	 * Memory that is kept for later messages.
	 * @return bytes, 0 to 32 KiB
	 */
	public int kept() {
		return this.window.capacity();
	}

	/** Frees all memory, and forgets the messages so far. */
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
