package io.wsboot.server.outbound;

import java.nio.ByteBuffer;

/**
 * What an {@link OutboundSender} asks and tells the session whose messages it sends. Any
 * thread.
 */
public interface OutboundSource {

	/** Whether messages may still be sent. */
	boolean isOpen();

	/** Whether more is likely to be sent at once. */
	boolean hasMore();

	/**
	 * Part of a streamed message is about to be counted and queued. Calls foreign code.
	 * @param text whether the message is text
	 * @param sent ends with the payload of the part, its position being its limit
	 * @param size the payload in bytes
	 * @param last whether the message ends with the part
	 */
	void sendingPart(boolean text, ByteBuffer sent, int size, boolean last);

	/**
	 * Messages are about to be queued. Calls no foreign code.
	 * @param text whether they are text
	 * @param messages how many messages; 0 for part of one
	 * @param size the payload in bytes
	 */
	void count(boolean text, int messages, int size);

	/** A message does not fit and is dropped. Calls foreign code. */
	void droppedNewest();

	/** Closes the session, as its peer is too slow. Calls no foreign code. */
	void close();

	/** The session has been closed for that. Calls foreign code. */
	void closedAsTooSlow();

	/** Closes the session, as a streamed message that has begun will not end. */
	void brokenOff();

}
