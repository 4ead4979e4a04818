package io.wsboot.benchmarks.server.endpoint;

import java.nio.ByteBuffer;

import io.wsboot.Message;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/** Sends what comes to all. */
@WsEndpoint("/fanout")
class FanoutEndpoint {

	private final WsSessions members;

	FanoutEndpoint(WsSessions sessions) {
		this.members = sessions.at("/fanout");
	}

	@OnMessage
	void binary(ByteBuffer bytes) {
		this.members.broadcast(Message.binary(bytes));
	}

}
