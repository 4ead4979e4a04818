package io.wsboot.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.Message;
import io.wsboot.protocol.CompressedFrames;
import io.wsboot.protocol.DataFrames;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to one session or to many, encoded at most once for each way in
 * which sessions want it. For one thread.
 */
final class OutgoingMessage {

	private static final int LARGEST_WINDOW = 15;

	private final DataFrames frames;

	private final boolean text;

	private final ByteBuffer payload;

	private final @Nullable LatestKey key;

	private @Nullable EncodedMessage plain;

	/** By the bits of their window; not before one is compressed. */
	private @Nullable EncodedMessage @Nullable [] compressed;

	/** The payload goes from position to limit, and must stay as it is. */
	OutgoingMessage(DataFrames frames, boolean text, ByteBuffer payload) {
		this(frames, text, payload, null);
	}

	private OutgoingMessage(DataFrames frames, boolean text, ByteBuffer payload, @Nullable LatestKey key) {
		this.frames = frames;
		this.text = text;
		this.payload = payload;
		this.key = key;
	}

	static OutgoingMessage of(DataFrames frames, Message message) {
		return latest(frames, null, message);
	}

	/** A message that takes the place of one that waits and has the same key, if any. */
	static OutgoingMessage latest(DataFrames frames, @Nullable LatestKey key, Message message) {
		if (message instanceof Message.Text text) {
			ByteBuffer payload = ByteBuffer.wrap(text.text().getBytes(StandardCharsets.UTF_8));
			return new OutgoingMessage(frames, true, payload, key);
		}
		return new OutgoingMessage(frames, false, ((Message.Binary) message).payload(), key);
	}

	/** Whether the message is text. */
	boolean isText() {
		return this.text;
	}

	/** The payload, which must stay as it is. */
	ByteBuffer payload() {
		return this.payload;
	}

	/** The size of the payload in bytes. */
	int size() {
		return this.payload.remaining();
	}

	/** As it is. */
	EncodedMessage plain() {
		if (this.plain == null) {
			ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(this.frames.size(size())));
			this.frames.write(bytes, this.text, this.payload.duplicate());
			this.plain = encoded(bytes.flip());
		}
		return this.plain;
	}

	/** Compressed by itself, if that makes it shorter. */
	EncodedMessage compressed(Compressors compressors, int windowBits) {
		@Nullable EncodedMessage[] all = this.compressed;
		if (all == null) {
			all = new @Nullable EncodedMessage[LARGEST_WINDOW + 1];
			this.compressed = all;
		}
		EncodedMessage compressed = all[windowBits];
		if (compressed == null) {
			ByteBuffer bytes = compressors.compressAlone(this.text, this.payload, windowBits);
			compressed = (bytes != null) ? encoded(bytes) : plain();
			all[windowBits] = compressed;
		}
		return compressed;
	}

	/** Compressed for one session, whose window it changes. */
	EncodedMessage compressedNext(CompressedFrames window, int windowBits) {
		return encoded(window.next(this.text, this.payload, windowBits));
	}

	private EncodedMessage encoded(ByteBuffer bytes) {
		return new EncodedMessage(this.text, size(), bytes, this.frames.frameSize(), this.key);
	}

}
