package io.wsboot.sample;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.wsboot.Message;
import io.wsboot.WsSession;

/**
 * The members of all rooms. Everything happens under one lock, even sending (which only
 * queues), so all members of a room see the same events in the same order.
 */
@Component
class ChatRooms {

	static final int MAX_ROOMS = 1000;

	static final int MAX_PEOPLE = 100;

	private final Map<String, Map<WsSession, String>> rooms = new HashMap<>();

	private final JsonMapper json;

	private final Clock clock = Clock.systemUTC();

	ChatRooms(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Lets a session into a room.
	 * @param room the room
	 * @param session the session
	 * @param wanted the wanted name; if another member has the name, a number is added
	 * @return false if the room is full, or there are too many rooms
	 */
	synchronized boolean join(String room, WsSession session, String wanted) {
		Map<WsSession, String> people = this.rooms.get(room);
		if (people == null) {
			if (this.rooms.size() >= MAX_ROOMS) {
				return false;
			}
			people = new LinkedHashMap<>();
			this.rooms.put(room, people);
		}
		if (people.size() >= MAX_PEOPLE) {
			return false;
		}
		String name = unusedName(people, wanted);
		List<WsSession> others = List.copyOf(people.keySet());
		people.put(session, name);
		List<String> names = List.copyOf(people.values());
		tell(List.of(session), new ChatEvent.Welcome(name, names));
		tell(others, new ChatEvent.Joined(name, names, this.clock.instant()));
		return true;
	}

	/**
	 * Passes on what a member says.
	 * @param room the room
	 * @param session the member
	 * @param text what is said
	 */
	synchronized void say(String room, WsSession session, String text) {
		Map<WsSession, String> people = this.rooms.getOrDefault(room, Map.of());
		String name = people.get(session);
		if (name != null) {
			tell(List.copyOf(people.keySet()), new ChatEvent.Said(name, text, this.clock.instant()));
		}
	}

	/**
	 * Lets a session go; does nothing if it was never let in.
	 * @param room the room
	 * @param session the session
	 */
	synchronized void leave(String room, WsSession session) {
		Map<WsSession, String> people = this.rooms.getOrDefault(room, Map.of());
		String name = people.get(session);
		if (name == null) {
			return;
		}
		people.remove(session);
		if (people.isEmpty()) {
			this.rooms.remove(room);
			return;
		}
		tell(List.copyOf(people.keySet()),
				new ChatEvent.Left(name, List.copyOf(people.values()), this.clock.instant()));
	}

	/**
	 * The names of those in a room, in the order of their coming.
	 * @param room the room
	 * @return the names, none if there is no such room
	 */
	synchronized List<String> people(String room) {
		return List.copyOf(Optional.ofNullable(this.rooms.get(room)).orElse(Map.of()).values());
	}

	private void tell(List<WsSession> members, ChatEvent event) {
		Message message = Message.text(this.json.writeValueAsString(event));
		members.forEach((member) -> member.send(message));
	}

	private static String unusedName(Map<WsSession, String> people, String wanted) {
		String name = wanted;
		for (int number = 2; taken(people, name); number++) {
			name = wanted + " " + number;
		}
		return name;
	}

	private static boolean taken(Map<WsSession, String> people, String name) {
		String folded = name.toLowerCase(Locale.ROOT);
		return people.values().stream().anyMatch((other) -> other.toLowerCase(Locale.ROOT).equals(folded));
	}

}
