package io.wsboot.sample;

import java.nio.ByteBuffer;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Sends every message back where callbacks run by default, for comparison with
 * {@link EchoEndpoint}.
 */
@WsEndpoint("/echo/worker")
class WorkerEchoEndpoint {

	@OnMessage
	String text(String text) {
		return text;
	}

	@OnMessage
	ByteBuffer binary(ByteBuffer payload) {
		return payload;
	}

}
