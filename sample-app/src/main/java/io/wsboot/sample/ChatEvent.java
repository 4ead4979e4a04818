package io.wsboot.sample;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A message to the members of a chat room: JSON whose {@code type} names one of the
 * records below.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = ChatEvent.Welcome.class, name = "welcome"),
		@JsonSubTypes.Type(value = ChatEvent.Joined.class, name = "joined"),
		@JsonSubTypes.Type(value = ChatEvent.Left.class, name = "left"),
		@JsonSubTypes.Type(value = ChatEvent.Said.class, name = "said"),
		@JsonSubTypes.Type(value = ChatEvent.Refused.class, name = "refused") })
sealed interface ChatEvent {

	/**
	 * The first message to a newcomer, who alone receives it.
	 *
	 * @param you the newcomer's name in this room
	 * @param people the names of all members, the newcomer among them
	 */
	record Welcome(String you, List<String> people) implements ChatEvent {
	}

	/**
	 * Tells the other members that somebody has come.
	 *
	 * @param name the newcomer's name
	 * @param people the names of all members now
	 * @param at the time
	 */
	record Joined(String name, List<String> people, Instant at) implements ChatEvent {
	}

	/**
	 * Tells the remaining members that somebody has gone.
	 *
	 * @param name the name of the member who has gone
	 * @param people the names of all members now
	 * @param at the time
	 */
	record Left(String name, List<String> people, Instant at) implements ChatEvent {
	}

	/**
	 * Tells all members, the author included, what a member says.
	 *
	 * @param name the author's name
	 * @param text what the author says
	 * @param at the time
	 */
	record Said(String name, String text, Instant at) implements ChatEvent {
	}

	/**
	 * Tells the author of a message that nobody else receives it.
	 *
	 * @param reason what was wrong with the message
	 */
	record Refused(String reason) implements ChatEvent {
	}

}
