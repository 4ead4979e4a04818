package io.wsboot;

import java.util.concurrent.CompletionStage;

/**
 * A topic by its name. Messages that are published to the topic are sent to the sessions
 * that are subscribed, its <em>members</em>.
 * <p>
 * A topic is <em>live</em>, or keeps a history, as the server's options say. The messages
 * of a topic with history are in one order, which is the same for all members.
 * <p>
 * The messages of one publishing thread reach each member in the order in which they were
 * published; a message that the same thread sends with {@link WsSession#send} may
 * overtake them. Each member's own limits and overflow policy apply, so that a member
 * that reads too slowly holds up nobody else. The overflow policy {@code block} closes
 * such a member with 1013, as it does on event loops.
 * <p>
 * All methods may be called from any thread. Dependent actions of the returned stages run
 * on the thread that completes the stage, which may be an event loop, and must not block.
 */
public interface WsTopic {

	/**
	 * Returns the topic's name.
	 * @return the name
	 */
	String name();

	/**
	 * Subscribes a session. What is published after this method has returned reaches the
	 * session, and what was published before this method was called does not. A session
	 * leaves all its topics when the session ends. Nothing changes if the session is a
	 * member already.
	 * @param session a session of this server
	 * @return a stage that completes when the session is a member, with the position that
	 * the session is live from; {@link TopicPosition#NONE} if the topic keeps no history.
	 * The stage fails with a {@link TopicLimitException} if the session has too many
	 * subscriptions or the server too many topics, and with a
	 * {@link SessionClosedException} if the session is closed
	 * @throws IllegalArgumentException if the session is of another server
	 */
	CompletionStage<TopicPosition> subscribe(WsSession session);

	/**
	 * Subscribes a session from where its client was: the session gets all that was
	 * published behind the position, and then what is published, in one order, without a
	 * hole and without a double. If the history of the topic does not reach back to the
	 * position, the session is subscribed as {@link #subscribe(WsSession)} does. What was
	 * missed waits in the session's outbound queue within the session's limits.
	 * @param session a session of this server
	 * @param position where the client was
	 * @return a stage that completes when the session is a member and what was missed is
	 * queued, and fails as that of {@link #subscribe(WsSession)} does.
	 * {@link Recovery#recovered()} is false if the session gets nothing of what was
	 * missed, and also if the session was a member already, or if the topic keeps no
	 * history
	 * @throws IllegalArgumentException if the session is of another server
	 */
	CompletionStage<Recovery> subscribe(WsSession session, TopicPosition position);

	/**
	 * Ends the subscription of a session. What is published after this method has
	 * returned does not reach the session. Nothing changes if the session is no member.
	 * @param session a session of this server
	 * @return a stage that completes when the session gets no further message of the
	 * topic
	 * @throws IllegalArgumentException if the session is of another server
	 */
	CompletionStage<Void> unsubscribe(WsSession session);

	/**
	 * Counts the members, among them sessions whose subscription or end is on the way.
	 * @return 0 or more
	 */
	long count();

	/**
	 * Returns the same topic for publishing to all members but one.
	 * @param session the session to leave out
	 * @return the narrower topic
	 * @throws IllegalArgumentException if the session is of another server
	 */
	WsTopic except(WsSession session);

	/**
	 * Sends a message to each member. The message is encoded once for each way in which
	 * members compress, by the calling thread; the members' event loops queue and write
	 * it. If too many published bytes wait for an event loop, a calling thread that is no
	 * event loop waits up to ten seconds for room.
	 * @param message the message
	 * @return a stage that completes when the message is on its way to the event loops of
	 * the members, with the position behind the message; {@link TopicPosition#NONE} if
	 * the topic keeps no history. The stage fails with a {@link TopicLimitException}, and
	 * no member gets the message, if too many published bytes wait for an event loop
	 * @throws TopicLimitException if the message is bigger than the server allows
	 */
	CompletionStage<TopicPosition> publish(Message message);

	/**
	 * Publishes a text message, as {@link #publish(Message)} does.
	 * @param text the text
	 * @return as {@link #publish(Message)} returns
	 * @throws TopicLimitException if the message is bigger than the server allows
	 */
	default CompletionStage<TopicPosition> publish(String text) {
		return publish(Message.text(text));
	}

	/**
	 * Converts an object as {@link WsSession#convertAndSend} does, once for all members,
	 * and publishes the message.
	 * @param payload the object
	 * @return as {@link #publish(Message)} returns
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 * @throws TopicLimitException if the message is bigger than the server allows
	 */
	CompletionStage<TopicPosition> convertAndPublish(Object payload);

	/**
	 * Publishes the latest message for a key: to each member as
	 * {@link WsSession#sendLatest} sends. With the overflow policy {@code conflate}, the
	 * message replaces a message with the same key that waits for a slow member.
	 * @param key the key, compared by {@code equals}
	 * @param message the message
	 * @return as {@link #publish(Message)} returns
	 * @throws TopicLimitException if the message is bigger than the server allows
	 */
	CompletionStage<TopicPosition> publishLatest(Object key, Message message);

	/**
	 * Converts an object as {@link WsSession#convertAndSend} does, once for all members,
	 * and publishes the latest message for a key.
	 * @param key the key, compared by {@code equals}
	 * @param payload the object
	 * @return as {@link #publish(Message)} returns
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 * @throws TopicLimitException if the message is bigger than the server allows
	 */
	CompletionStage<TopicPosition> convertAndPublishLatest(Object key, Object payload);

}
