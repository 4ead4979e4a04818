package io.wsboot.docs.migration;

import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint(path = "/rooms/{room}", maxMessageSize = "64KB")
class RoomEndpoint {

	private final WsSessions sessions;

	RoomEndpoint(WsSessions sessions) {
		this.sessions = sessions.at("/rooms/{room}");
	}

	@OnMessage
	void said(Line line, @PathParam String room) {
		this.sessions.withPathVariable("room", room).convertAndBroadcast(line);
	}

	record Line(String text) {
	}

}
