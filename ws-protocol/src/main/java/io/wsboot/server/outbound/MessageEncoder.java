package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.wsboot.Message;
import io.wsboot.protocol.outgoing.CompressedFrames;
import io.wsboot.protocol.outgoing.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a message for one session or for many, at most once for each way in which
 * sessions compress. The ways are bits: {@link #PLAIN}, {@link #OWN_WINDOW}, or
 * {@link #alone} with the bits of a window. One thread at a time may use an encoder; the
 * buffers that it gives away are only read, on any thread.
 */
public final class MessageEncoder {

	/** A session that does not compress. */
	public static final int PLAIN = 1;

	/** A session that compresses each message with a window of its own. */
	public static final int OWN_WINDOW = 2;

	private static final int SMALLEST_WINDOW = 8;

	private static final int LARGEST_WINDOW = 15;

	private final DataFrames frames;

	private final boolean text;

	private final ByteBuffer payload;

	private final int size;

	private final @Nullable LatestKey key;

	private @Nullable ByteBuffer plain;

	/** By the bits of the window; null until the message is compressed. */
	private @Nullable ByteBuffer @Nullable [] compressed;

	/**
	 * An encoder of a message without a key.
	 * @param frames splits messages into frames
	 * @param text whether the message is text
	 * @param payload from position to limit; must stay as it is
	 */
	public MessageEncoder(DataFrames frames, boolean text, ByteBuffer payload) {
		this(frames, text, payload, null);
	}

	private MessageEncoder(DataFrames frames, boolean text, ByteBuffer payload, @Nullable LatestKey key) {
		this.frames = frames;
		this.text = text;
		this.payload = payload;
		this.size = payload.remaining();
		this.key = key;
	}

	/** The bit of sessions that compress each message alone. */
	static int alone(int windowBits) {
		return 1 << windowBits;
	}

	/** An encoder of a message without a key. */
	public static MessageEncoder of(DataFrames frames, Message message) {
		return latest(frames, null, message);
	}

	/**
	 * An encoder of a message that takes the place of one that waits and has the same
	 * key.
	 * @param key null if the message takes the place of no other
	 */
	public static MessageEncoder latest(DataFrames frames, @Nullable LatestKey key, Message message) {
		if (message instanceof Message.Text text) {
			ByteBuffer payload = ByteBuffer.wrap(text.text().getBytes(StandardCharsets.UTF_8));
			return new MessageEncoder(frames, true, payload, key);
		}
		return new MessageEncoder(frames, false, ((Message.Binary) message).payload(), key);
	}

	/** Whether the message is text. */
	public boolean isText() {
		return this.text;
	}

	/** The payload, which must stay as it is. */
	public ByteBuffer payload() {
		return this.payload;
	}

	/** The size of the payload in bytes. */
	public int size() {
		return this.size;
	}

	/**
	 * Encodes the message now in some of the ways in which sessions compress.
	 * @param encodings the bits of these ways
	 * @param threshold payload bytes from which on messages are compressed
	 */
	public void encode(int encodings, Compressors compressors, int threshold) {
		if ((encodings & PLAIN) != 0 || encodings != 0 && this.size < threshold) {
			plain();
		}
		for (int bits = SMALLEST_WINDOW; bits <= LARGEST_WINDOW && this.size >= threshold; bits++) {
			if ((encodings & alone(bits)) != 0) {
				compressed(compressors, bits);
			}
		}
	}

	/**
	 * An encoder of the same message for another thread, which shares what has been
	 * encoded by now.
	 */
	public MessageEncoder copy() {
		MessageEncoder copy = new MessageEncoder(this.frames, this.text, this.payload.duplicate(), this.key);
		copy.plain = this.plain;
		copy.compressed = (this.compressed != null) ? this.compressed.clone() : null;
		return copy;
	}

	/** The message with its payload as it is. */
	ByteBuffer plain() {
		if (this.plain == null) {
			ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(this.frames.size(this.size)));
			this.frames.write(bytes, this.text, this.payload.duplicate());
			this.plain = bytes.flip();
		}
		return this.plain;
	}

	/** The message compressed by itself, if that makes it shorter. */
	ByteBuffer compressed(Compressors compressors, int windowBits) {
		@Nullable ByteBuffer[] all = this.compressed;
		if (all == null) {
			all = new @Nullable ByteBuffer[LARGEST_WINDOW + 1];
			this.compressed = all;
		}
		ByteBuffer compressed = all[windowBits];
		if (compressed == null) {
			compressed = compressors.compressAlone(this.text, this.payload, windowBits);
			compressed = (compressed != null) ? compressed : plain();
			all[windowBits] = compressed;
		}
		return compressed;
	}

	/** The message compressed for one session, whose window changes with it. */
	ByteBuffer compressedNext(CompressedFrames window, int windowBits) {
		return window.next(this.text, this.payload, windowBits);
	}

	/**
	 * The message for the queue of one peer.
	 * @param frames what one of the other methods has encoded; only read, as other peers
	 * may get the same
	 * @param completion told what becomes of the message
	 */
	PendingWrite queued(ByteBuffer frames, @Nullable CompletableFuture<Void> completion) {
		return PendingWrite.message(frames.duplicate(), this.frames.frameSize(), completion, this.key);
	}

}
