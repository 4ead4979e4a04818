package io.wsboot.sample;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;

/** A chat with rooms: one address per room, JSON in both directions. */
@WsEndpoint("/chat/{room}")
class ChatEndpoint {

	private final ChatRooms rooms;

	ChatEndpoint(ChatRooms rooms) {
		this.rooms = rooms;
	}

	@OnHandshake
	boolean mayOpen(@PathParam String room) {
		return ChatText.isRoom(room);
	}

	@OnOpen
	void joined(WsSession session, @PathParam String room, @QueryParam Optional<String> name) {
		if (!this.rooms.join(room, session, ChatText.name(name))) {
			session.close(CloseStatus.TRY_AGAIN_LATER.withReason("no place left"));
		}
	}

	@OnMessage
	ChatEvent.@Nullable Refused said(Line line, WsSession session, @PathParam String room) {
		String text = ChatText.line(Optional.ofNullable(line.text()).orElse(""));
		if (text.isEmpty()) {
			return new ChatEvent.Refused("There is nothing to say.");
		}
		if (text.length() > ChatText.MAX_LINE) {
			return new ChatEvent.Refused("At most " + ChatText.MAX_LINE + " characters, please.");
		}
		this.rooms.say(room, session, text);
		return null;
	}

	@OnError
	ChatEvent unreadable(MessageConversionException ex) {
		return new ChatEvent.Refused("Lines look like this: {\"text\": \"hello\"}");
	}

	@OnClose
	void left(WsSession session, @PathParam String room) {
		this.rooms.leave(room, session);
	}

	/**
	 * A line from the client.
	 *
	 * @param text what the client says
	 */
	record Line(@Nullable String text) {
	}

}
