package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

import io.wsboot.deflate.Inflaters;
import io.wsboot.handshake.DateField;
import org.jspecify.annotations.Nullable;

/**
 * Memory for payloads that arrive whole within one {@link ServerProtocol#receive}, shared
 * by all conversations of one thread so that none of them holds any while it is idle. Not
 * thread-safe.
 */
public final class Scratch {

	private static final int MAX_CONTROL_PAYLOAD = 125;

	final byte[] message;

	final byte[] control = new byte[MAX_CONTROL_PAYLOAD];

	/** Compressed bytes on their way to an inflater. */
	final byte[] compressed = new byte[8 * 1024];

	/** Null while a conversation has them. */
	private @Nullable IncomingFrames frames;

	private final SpareArrays spares = new SpareArrays();

	private final Inflaters inflaters = new Inflaters();

	/** Null without a clock. */
	private final @Nullable DateField date;

	private final ByteBuffer messageView;

	private final ByteBuffer controlView = ByteBuffer.wrap(this.control);

	/**
	 * Memory for conversations whose responses have no {@code Date}, as a server without
	 * a clock has it (RFC 9110 §6.6.1).
	 * @param size bytes for messages: best as many as are received at once
	 */
	public Scratch(int size) {
		this(size, null);
	}

	/**
	 * Makes the memory.
	 * @param size bytes for messages: best as many as are received at once
	 * @param epochSecond the time in seconds since 1970-01-01T00:00:00Z; null if nobody
	 * knows it
	 */
	public Scratch(int size, @Nullable LongSupplier epochSecond) {
		this.date = (epochSecond != null) ? new DateField(epochSecond) : null;
		this.message = new byte[size];
		this.messageView = ByteBuffer.wrap(this.message);
	}

	/** For responses that are no 101; null without a clock. */
	@Nullable String date() {
		return (this.date != null) ? this.date.value() : null;
	}

	/**
	 * Read what is neither compressed nor handed on piecewise, until they are given back.
	 */
	IncomingFrames frames(ProtocolLimits limits) {
		IncomingFrames idle = this.frames;
		if (idle == null) {
			return IncomingFrames.lent(limits, this);
		}
		this.frames = null;
		idle.heed(limits);
		return idle;
	}

	/** Takes back what is between two messages. */
	void giveBack(IncomingFrames idle) {
		this.frames = idle;
	}

	/** For messages that do not arrive whole. */
	SpareArrays spares() {
		return this.spares;
	}

	/**
	 * Lets go of what no message has needed since the last call. Costs nothing if there
	 * is nothing.
	 */
	public void tidy() {
		this.spares.tidy();
	}

	/**
	 * Bytes of the arrays that are kept for messages that do not arrive whole, those in
	 * use included.
	 * @return 0 to 8 MiB
	 */
	public int sparesHeld() {
		return this.spares.held();
	}

	/** The zlib states for incoming messages. */
	Inflaters inflaters() {
		return this.inflaters;
	}

	/**
	 * How many zlib states and windows are held for incoming messages. Any thread.
	 * @return 0 or more
	 */
	public int inflatersHeld() {
		return this.inflaters.held();
	}

	/** Frees what no conversation holds. */
	public void end() {
		this.inflaters.end();
	}

	/** The bytes from 0 to length, without allocating a buffer for memory of our own. */
	ByteBuffer view(byte[] bytes, int length) {
		if (bytes == this.message) {
			return this.messageView.clear().limit(length);
		}
		if (bytes == this.control) {
			return this.controlView.clear().limit(length);
		}
		return ByteBuffer.wrap(bytes, 0, length);
	}

}
