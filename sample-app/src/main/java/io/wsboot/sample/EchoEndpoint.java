package io.wsboot.sample;

import java.nio.ByteBuffer;

import io.wsboot.Execution;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Sends every message back on the event loop that read the message. The methods return at
 * once, so they need no other thread.
 */
@WsEndpoint(path = "/echo", execution = Execution.EVENT_LOOP)
class EchoEndpoint {

	@OnMessage
	String text(String text) {
		return text;
	}

	@OnMessage
	ByteBuffer binary(ByteBuffer payload) {
		return payload;
	}

}
