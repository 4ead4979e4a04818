package io.wsboot;

/**
 * A message that is sent piece by piece, its length not being known
 * ({@link WsSession#streamText()}, {@link WsSession#streamBinary()}). The peer gets each
 * part at once. It begins with the first part; from then on other messages to the peer
 * wait, in order, until it is finished, whoever sends them. For one thread at a time.
 *
 * <pre>
 * try (StreamedMessage&lt;CharSequence&gt; message = session.streamText()) {
 * 	rows.forEach((row) -> message.send(row.toJson()));
 * 	message.finish();
 * }
 * </pre>
 *
 * @param <P> what the parts are
 */
public interface StreamedMessage<P> extends AutoCloseable {

	/**
	 * Sends the next part. It counts towards {@code outbound.max-queued}, but messages
	 * that wait for the end of this one do not take its room.
	 * @param part the part; what is empty is not sent
	 * @return what became of it. {@link SendResult#DROPPED}: under an overflow policy
	 * that drops messages, there is no room for the part now. It has not been sent, the
	 * message is as it was before, and the part may be sent again, for example once
	 * {@link WsHandler#onDrained} is called
	 * @throws IllegalStateException if the message has been finished
	 */
	SendResult send(P part);

	/**
	 * Ends the message, which needs no room; if no part has been sent it is an empty one.
	 * @return what became of it, never {@link SendResult#DROPPED}
	 * @throws IllegalStateException if the message has been finished
	 */
	SendResult finish();

	/**
	 * Gives up a message that has not been finished. If it has begun, the only way to
	 * tell the peer is to close the session, with 1011.
	 */
	@Override
	void close();

}
