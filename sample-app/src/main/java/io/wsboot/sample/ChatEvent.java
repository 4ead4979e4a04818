package io.wsboot.sample;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What the members of a chat room are sent: JSON whose {@code type} says which of these
 * it is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = ChatEvent.Welcome.class, name = "welcome"),
		@JsonSubTypes.Type(value = ChatEvent.Joined.class, name = "joined"),
		@JsonSubTypes.Type(value = ChatEvent.Left.class, name = "left"),
		@JsonSubTypes.Type(value = ChatEvent.Said.class, name = "said"),
		@JsonSubTypes.Type(value = ChatEvent.Refused.class, name = "refused") })
sealed interface ChatEvent {

	/**
	 * First of all, and to the newcomer only.
	 *
	 * @param you the name under which the newcomer goes in this room
	 * @param people all who are here, the newcomer among them
	 */
	record Welcome(String you, List<String> people) implements ChatEvent {
	}

	/**
	 * To those who were there before.
	 *
	 * @param name who came
	 * @param people all who are here now
	 * @param at when
	 */
	record Joined(String name, List<String> people, Instant at) implements ChatEvent {
	}

	/**
	 * To those who remain.
	 *
	 * @param name who went
	 * @param people all who are here now
	 * @param at when
	 */
	record Left(String name, List<String> people, Instant at) implements ChatEvent {
	}

	/**
	 * To everyone, its author included.
	 *
	 * @param name who said it
	 * @param text what
	 * @param at when
	 */
	record Said(String name, String text, Instant at) implements ChatEvent {
	}

	/**
	 * To the author of a message that nobody else gets.
	 *
	 * @param reason what was wrong with it
	 */
	record Refused(String reason) implements ChatEvent {
	}

}
