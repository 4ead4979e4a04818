package io.wsboot.protocol;

import java.nio.ByteBuffer;

/**
 * What reaches the handler of an open connection: messages, whole or in parts, and Pongs.
 * Between the parts of one message come only Pongs. A message that breaks off has no last
 * part. A method that is not implemented drops what it is given.
 */
public interface MessageListener {

	/**
	 * A text message.
	 * @param text the message
	 * @param size its length in bytes of UTF-8
	 */
	default void onText(String text, int size) {
	}

	/**
	 * A binary message.
	 * @param payload the message from position 0 to the limit, lent until the method
	 * returns
	 */
	default void onBinary(ByteBuffer payload) {
	}

	/**
	 * A part of a text message, if the endpoint takes text streamed.
	 * @param part valid Unicode; empty only if it is the last part
	 * @param size its length in bytes of UTF-8
	 * @param last whether the message ends with this part
	 */
	default void onTextPart(String part, int size, boolean last) {
	}

	/**
	 * A part of a binary message, if the endpoint takes binary messages streamed.
	 * @param part from position 0 to the limit, lent until the method returns; empty only
	 * if it is the last part
	 * @param last whether the message ends with this part
	 */
	default void onBinaryPart(ByteBuffer part, boolean last) {
	}

	/**
	 * A Pong.
	 * @param payload from position 0 to the limit, lent until the method returns
	 */
	default void onPong(ByteBuffer payload) {
	}

}
