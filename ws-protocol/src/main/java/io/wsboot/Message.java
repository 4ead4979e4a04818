package io.wsboot;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A whole message (RFC 6455 §5.6), owned and immutable, so that it may cross threads.
 */
public sealed interface Message {

	/**
	 * A text message.
	 * @param text the text; unpaired surrogates are sent as {@code ?}
	 * @return the message
	 */
	static Message text(String text) {
		return new Text(text);
	}

	/**
	 * A binary message.
	 * @param payload the bytes, which are copied
	 * @return the message
	 */
	static Message binary(byte[] payload) {
		return binary(ByteBuffer.wrap(payload));
	}

	/**
	 * A binary message.
	 * @param payload the bytes from position to limit, which are copied; position and
	 * limit stay
	 * @return the message
	 */
	static Message binary(ByteBuffer payload) {
		ByteBuffer copy = ByteBuffer.allocate(payload.remaining());
		copy.put(payload.duplicate()).flip();
		return new Binary(copy.asReadOnlyBuffer());
	}

	/**
	 * Text, which is UTF-8 on the wire.
	 *
	 * @param text the text
	 */
	record Text(String text) implements Message {

		public Text {
			Objects.requireNonNull(text, "text"); // here, not later on an event loop
		}

	}

	/** Bytes. */
	final class Binary implements Message {

		private final ByteBuffer payload;

		private Binary(ByteBuffer payload) {
			this.payload = payload;
		}

		/**
		 * The bytes.
		 * @return a read-only view with a position of its own
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
