package io.wsboot;

import java.util.stream.Stream;

/**
 * The topics of a server: sessions subscribe to a topic, and get what is published to the
 * topic. A topic needs no declaration. A topic without members and history costs nothing.
 *
 * <pre>
 * topics.topic("rooms/java").subscribe(session);
 * topics.topic("rooms/java").publish("hello");
 * </pre>
 *
 * All methods may be called from any thread.
 */
public interface WsTopics {

	/**
	 * Returns a topic by its name. By convention, slashes divide a name into segments,
	 * such as {@code rooms/java}. Names are compared character by character.
	 * @param name 1 to 255 bytes of UTF-8, without unpaired surrogates
	 * @return the topic, whether or not it has members
	 * @throws IllegalArgumentException if the name is empty, too long, or has an unpaired
	 * surrogate
	 */
	WsTopic topic(String name);

	/**
	 * Returns the topics that this server keeps, in no particular order: those with
	 * members or a history. The stream may or may not contain topics that come or go
	 * while the stream is read.
	 * @return the topics
	 */
	Stream<WsTopic> stream();

	/**
	 * Counts the topics of {@link #stream()}.
	 * @return 0 or more
	 */
	long count();

}
