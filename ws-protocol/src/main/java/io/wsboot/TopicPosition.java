package io.wsboot;

import java.util.Objects;

/**
 * A place in the messages of a topic that keeps history: behind the message with the
 * offset. Each message of an epoch has the offset of the message before plus one, so a
 * client that counts what it gets knows where it is. Offsets of different epochs have
 * nothing to do with each other: a new epoch begins when the server forgets the topic.
 *
 * @param epoch which run of offsets; empty for a topic without history
 * @param offset the offset of the last message before this place; 0 = no message
 */
public record TopicPosition(String epoch, long offset) {

	/** The position in a topic that keeps no history. */
	public static final TopicPosition NONE = new TopicPosition("", 0);

	/**
	 * Creates a position.
	 * @throws IllegalArgumentException if the offset is negative
	 */
	public TopicPosition {
		Objects.requireNonNull(epoch, "epoch");
		if (offset < 0) {
			throw new IllegalArgumentException("the offset " + offset + " is negative");
		}
	}

	/**
	 * Parses what {@link #toString} has made, for example of a position that a client has
	 * kept.
	 * @param text the text
	 * @return the position
	 * @throws IllegalArgumentException if the text is no position
	 */
	public static TopicPosition parse(String text) {
		int dot = text.lastIndexOf('.');
		try {
			return new TopicPosition(text.substring(0, Math.max(0, dot)), Long.parseLong(text.substring(dot + 1)));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("not a position in a topic: " + text);
		}
	}

	/**
	 * Returns the position as text for clients.
	 * @return the epoch, a dot and the offset
	 */
	@Override
	public String toString() {
		return this.epoch + "." + this.offset;
	}

}
