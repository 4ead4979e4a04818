package io.wsboot.readme;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint("/rooms/{room}")
class RoomEndpoint {

	private final WsSessions sessions;

	RoomEndpoint(WsSessions sessions) {
		this.sessions = sessions.at("/rooms/{room}");
	}

	@OnOpen
	String opened(@PathParam String room, @QueryParam Optional<String> name) {
		return "Welcome to " + room + ", " + name.orElse("stranger");
	}

	@OnMessage // JSON in; JSON out to everyone else in the room
	void said(Line line, WsSession author, @PathParam String room) {
		this.sessions.withPathVariable("room", room).except(author).convertAndBroadcast(line);
	}

	@OnMessage // what is returned is the reply
	ByteBuffer echo(ByteBuffer bytes) {
		return bytes;
	}

	record Line(String text) {
	}

}
