package io.wsboot;

/**
 * A message that the application sends in parts, without knowing the length of the
 * message ({@link WsSession#streamText()}, {@link WsSession#streamBinary()}). Each part
 * is sent at once, as a fragment (RFC 6455 §5.4). From the first part on until the
 * message is finished, other messages to the session wait in order, from whichever thread
 * they come. A streamed message may be used by one thread at a time.
 *
 * <pre>
 * try (StreamedMessage&lt;CharSequence&gt; message = session.streamText()) {
 * 	rows.forEach((row) -> message.send(row.toJson()));
 * 	message.finish();
 * }
 * </pre>
 *
 * @param <P> the type of the parts
 */
public interface StreamedMessage<P> extends AutoCloseable {

	/**
	 * Sends the next part. The part counts towards {@code outbound.max-queued}; messages
	 * that wait for the end of this message do not take room from the parts.
	 * @param part the part; an empty part is not sent
	 * @return what became of the part. {@link SendResult#DROPPED} means that the outbound
	 * queue has no room for the part under an overflow policy that drops messages: the
	 * part has not been sent, the message is as it was before, and the application may
	 * send the part again, for example when {@link WsHandler#onDrained} is called
	 * @throws IllegalStateException if the message has been finished
	 */
	SendResult send(P part);

	/**
	 * Ends the message. The end needs no room in the outbound queue. A message without
	 * parts is sent as an empty message.
	 * @return what became of the end, never {@link SendResult#DROPPED}
	 * @throws IllegalStateException if the message has been finished
	 */
	SendResult finish();

	/**
	 * Abandons a message that has not been finished. If the peer has got a part already,
	 * the session is closed with 1011, as the protocol has no other way to tell the peer.
	 */
	@Override
	void close();

}
