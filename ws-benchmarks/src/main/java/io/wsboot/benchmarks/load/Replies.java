package io.wsboot.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * Checks what one connection gets, byte by byte.
 */
interface Replies {

	/**
	 * Takes what was read, cut anywhere.
	 * @param in the bytes from position to limit
	 * @return how many messages are complete that were not before
	 * @throws WrongReplyException if a byte is not what it must be
	 */
	int accept(ByteBuffer in);

}
