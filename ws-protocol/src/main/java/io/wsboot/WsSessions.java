package io.wsboot;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open sessions of a server, or those of them that a query selects: each query method
 * returns a narrower view, and nothing is looked up before a method that reads or sends.
 *
 * <pre>
 * sessions.at("/chat/{room}").withPathVariable("room", "java").except(sender).broadcast("hello");
 * </pre>
 *
 * Every method may be called from any thread.
 */
public interface WsSessions {

	/**
	 * Those of one endpoint.
	 * @param endpoint the endpoint's path as it was registered, such as
	 * {@code /chat/{room}}
	 * @return a narrower view
	 */
	WsSessions at(String endpoint);

	/**
	 * Those that a predicate accepts.
	 * @param predicate the condition
	 * @return a narrower view
	 */
	WsSessions where(Predicate<? super WsSession> predicate);

	/**
	 * Those whose path variable has a value.
	 * @param name the variable's name
	 * @param value its decoded value
	 * @return a narrower view
	 */
	default WsSessions withPathVariable(String name, String value) {
		return where((session) -> value.equals(session.handshake().pathVariables().get(name)));
	}

	/**
	 * Those of one principal.
	 * @param name the principal's name
	 * @return a narrower view
	 */
	default WsSessions ofPrincipal(String name) {
		return where((session) -> session.principal().filter((user) -> name.equals(user.getName())).isPresent());
	}

	/**
	 * All but one.
	 * @param session the one to leave out
	 * @return a narrower view
	 */
	default WsSessions except(WsSession session) {
		return where((other) -> other != session);
	}

	/**
	 * The session of a given id, if it is open and in this view.
	 * @param id the session's id
	 * @return the session
	 */
	Optional<WsSession> find(String id);

	/**
	 * The open sessions of this view, as they come: those that open or close meanwhile
	 * may be in it or not.
	 * @return a stream
	 */
	Stream<WsSession> stream();

	/**
	 * How many sessions there are in this view.
	 * @return the number
	 */
	default long count() {
		return stream().count();
	}

	/**
	 * Sends a message to each session of this view. It is encoded once; each session's
	 * own limits apply.
	 * @param message the message
	 * @return how many sessions took it, see {@link SendResult#QUEUED} and
	 * {@link SendResult#CONGESTED}
	 */
	int broadcast(Message message);

	/**
	 * Sends a text to each session of this view.
	 * @param text the text
	 * @return how many sessions took it
	 */
	default int broadcast(String text) {
		return broadcast(Message.text(text));
	}

	/**
	 * Sends an object to each session of this view, as {@link WsSession#convertAndSend}
	 * would: without its declared type.
	 * @param payload the object, which is converted once
	 * @return how many sessions took it
	 */
	int convertAndBroadcast(Object payload);

	/**
	 * Sends the newest message about something to each session of this view, as
	 * {@link WsSession#sendLatest} would.
	 * @param key of what it is the newest
	 * @param message the message
	 * @return how many sessions took it
	 */
	int broadcastLatest(Object key, Message message);

	/**
	 * Sends an object to each session of this view, as
	 * {@link WsSession#convertAndSendLatest} would.
	 * @param key of what it is the newest
	 * @param payload the object, which is converted once
	 * @return how many sessions took it
	 */
	int convertAndBroadcastLatest(Object key, Object payload);

	/**
	 * Closes each session of this view.
	 * @param status why
	 * @throws IllegalArgumentException if the code must not be sent
	 */
	default void close(CloseStatus status) {
		stream().forEach((session) -> session.close(status));
	}

}
