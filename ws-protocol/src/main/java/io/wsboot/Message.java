package io.wsboot;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A whole message (RFC 6455 §5.6). Messages are immutable, own their payload and may be
 * used by several threads.
 */
public sealed interface Message {

	/**
	 * Returns a text message.
	 * @param text the text; unpaired surrogates are sent as {@code ?}
	 * @return the message
	 */
	static Message text(String text) {
		return new Text(text);
	}

	/**
	 * Returns a binary message.
	 * @param payload the payload, which is copied
	 * @return the message
	 */
	static Message binary(byte[] payload) {
		return binary(ByteBuffer.wrap(payload));
	}

	/**
	 * Returns a binary message.
	 * @param payload the payload from position to limit, which is copied; the buffer's
	 * position and limit do not change
	 * @return the message
	 */
	static Message binary(ByteBuffer payload) {
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining());
		copy.put(payload.duplicate()).flip();
		return new Binary(copy.asReadOnlyBuffer());
	}

	/**
	 * A text message, which is sent as UTF-8.
	 *
	 * @param text the text
	 */
	record Text(String text) implements Message {

		/** Creates a text message. */
		public Text {
			Objects.requireNonNull(text, "text"); // here, not later on an event loop
		}

	}

	/** A binary message. */
	final class Binary implements Message {

		private final ByteBuffer payload;

		private Binary(ByteBuffer payload) {
			this.payload = payload;
		}

		/**
		 * Returns the payload.
		 * @return a read-only view of the payload, with a position of its own
		 */
		public ByteBuffer payload() {
			return this.payload.duplicate();
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Binary that && this.payload.equals(that.payload);
		}

		@Override
		public int hashCode() {
			return this.payload.hashCode();
		}

		@Override
		public String toString() {
			return "Binary[" + this.payload.remaining() + " bytes]";
		}

	}

}
