package io.wsboot;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A view of the open sessions of a server. Each query method returns a narrower view. A
 * view holds no sessions: a view looks up its sessions each time a method reads them or
 * sends to them.
 *
 * <pre>
 * sessions.at("/chat/{room}").withPathVariable("room", "java").except(sender).broadcast("hello");
 * </pre>
 *
 * All methods may be called from any thread.
 */
public interface WsSessions {

	/**
	 * Narrows the view to the sessions of one endpoint.
	 * @param endpoint the endpoint's path as it was registered, such as
	 * {@code /chat/{room}}
	 * @return the narrower view, which is empty if there is no such endpoint
	 */
	WsSessions at(String endpoint);

	/**
	 * Narrows the view to the sessions that a predicate accepts.
	 * @param predicate the predicate, which is called by the thread that reads or sends
	 * @return the narrower view
	 */
	WsSessions where(Predicate<? super WsSession> predicate);

	/**
	 * Narrows the view to the sessions with a value of a path variable.
	 * @param name the variable's name
	 * @param value the variable's decoded value
	 * @return the narrower view
	 */
	default WsSessions withPathVariable(String name, String value) {
		return where((session) -> value.equals(session.handshake().pathVariables().get(name)));
	}

	/**
	 * Narrows the view to the sessions of one principal.
	 * @param name the principal's name
	 * @return the narrower view
	 */
	default WsSessions ofPrincipal(String name) {
		return where((session) -> session.principal().filter((user) -> name.equals(user.getName())).isPresent());
	}

	/**
	 * Narrows the view to all sessions but one.
	 * @param session the session to leave out
	 * @return the narrower view
	 */
	default WsSessions except(WsSession session) {
		return where((other) -> other != session);
	}

	/**
	 * Finds a session by its id.
	 * @param id the session's id
	 * @return the session; empty if no open session of this view has the id
	 */
	Optional<WsSession> find(String id);

	/**
	 * Returns the open sessions of this view in no particular order. The stream may or
	 * may not contain sessions that open or close while the stream is read.
	 * @return the sessions
	 */
	Stream<WsSession> stream();

	/**
	 * Counts the open sessions of this view.
	 * @return the number of sessions
	 */
	default long count() {
		return stream().count();
	}

	/**
	 * Sends a message to each session of this view. The message is encoded once. Each
	 * session's own limits and overflow policy apply.
	 * @param message the message
	 * @return the number of sessions for which the result was {@link SendResult#QUEUED}
	 * or {@link SendResult#CONGESTED}
	 */
	int broadcast(Message message);

	/**
	 * Sends a text message to each session of this view.
	 * @param text the text
	 * @return the number of sessions that took the message
	 */
	default int broadcast(String text) {
		return broadcast(Message.text(text));
	}

	/**
	 * Converts an object as {@link WsSession#convertAndSend} does, once for all sessions,
	 * and sends the message to each session of this view.
	 * @param payload the object
	 * @return the number of sessions that took the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	int convertAndBroadcast(Object payload);

	/**
	 * Sends the latest message for a key to each session of this view, as
	 * {@link WsSession#sendLatest} does.
	 * @param key the key, compared by {@code equals}
	 * @param message the message
	 * @return the number of sessions that took the message
	 */
	int broadcastLatest(Object key, Message message);

	/**
	 * Converts an object as {@link WsSession#convertAndSend} does, once for all sessions,
	 * and sends the latest message for a key to each session of this view.
	 * @param key the key, compared by {@code equals}
	 * @param payload the object
	 * @return the number of sessions that took the message
	 * @throws IllegalArgumentException if the converter cannot convert the object
	 */
	int convertAndBroadcastLatest(Object key, Object payload);

	/**
	 * Closes each session of this view.
	 * @param status the status to send
	 * @throws IllegalArgumentException if the status must not be sent, see
	 * {@link CloseStatus#mayBeSent()}
	 */
	default void close(CloseStatus status) {
		stream().forEach((session) -> session.close(status));
	}

}
