package io.wsboot.docs.endpoints;

import io.wsboot.WsHandler;
import io.wsboot.spring.context.WsHandlerRegistry;

import org.springframework.stereotype.Component;

@Component
class Rooms {

	private final WsHandlerRegistry handlers;

	Rooms(WsHandlerRegistry handlers) {
		this.handlers = handlers;
	}

	void open(String name, WsHandler room) {
		this.handlers.register("/rooms/" + name, room);
	}

	void close(String name) {
		this.handlers.unregister("/rooms/" + name); // its sessions are closed with 1001
	}

}
