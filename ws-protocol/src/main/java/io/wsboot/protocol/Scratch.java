package io.wsboot.protocol;

import java.util.function.LongSupplier;

import io.wsboot.deflate.Inflaters;
import io.wsboot.frame.FrameRules;
import io.wsboot.handshake.DateField;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one thread share, so that an idle connection holds none of it:
 * memory for payloads, a reader of frames, and zlib states. Not thread-safe.
 */
public final class Scratch {

	private final PayloadMemory memory;

	/** Null while a connection has it. */
	private @Nullable IncomingFrames frames;

	private final Inflaters inflaters = new Inflaters();

	/** Null without a clock. */
	private final @Nullable DateField date;

	/**
	 * Makes what is shared by connections whose responses have no {@code Date}, as a
	 * server without a clock has none (RFC 9110 §6.6.1).
	 * @param size bytes for one message: best as many as are received at once
	 */
	public Scratch(int size) {
		this(size, null);
	}

	/**
	 * Makes what is shared.
	 * @param size bytes for one message: best as many as are received at once
	 * @param epochSecond the time in seconds since 1970-01-01T00:00:00Z; null if the time
	 * is not known
	 */
	public Scratch(int size, @Nullable LongSupplier epochSecond) {
		this.date = (epochSecond != null) ? new DateField(epochSecond) : null;
		this.memory = new PayloadMemory(size);
	}

	/** The value of {@code Date} for responses other than 101; null without a clock. */
	@Nullable String date() {
		return (this.date != null) ? this.date.value() : null;
	}

	/** Memory for payloads. */
	PayloadMemory memory() {
		return this.memory;
	}

	/** Lends a reader for messages that are neither compressed nor streamed. */
	IncomingFrames frames(ProtocolLimits limits) {
		IncomingFrames idle = this.frames;
		if (idle == null) {
			return IncomingFrames.lent(FrameRules.SERVER, limits, this.memory);
		}
		this.frames = null;
		idle.useLimits(limits);
		return idle;
	}

	/** Takes a lent reader back, which must be between two messages. */
	void giveBack(IncomingFrames idle) {
		this.frames = idle;
	}

	/**
	 * Frees arrays that no message has needed since the last call. Costs nothing if there
	 * are none.
	 */
	public void tidy() {
		this.memory.spares().tidy();
	}

	/**
	 * The size of the arrays that are kept for messages that do not arrive whole, those
	 * in use included.
	 * @return bytes, 0 to 8 MiB
	 */
	public int sparesHeld() {
		return this.memory.spares().held();
	}

	/** The zlib states for incoming messages. */
	Inflaters inflaters() {
		return this.inflaters;
	}

	/**
	 * How many zlib states and windows connections hold for incoming messages. Any
	 * thread.
	 * @return 0 or more
	 */
	public int inflatersHeld() {
		return this.inflaters.held();
	}

	/** Frees the zlib states that no connection holds. */
	public void end() {
		this.inflaters.end();
	}

}
