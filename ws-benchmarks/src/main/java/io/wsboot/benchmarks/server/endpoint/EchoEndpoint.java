package io.wsboot.benchmarks.server.endpoint;

import java.nio.ByteBuffer;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/** Sends back what comes. */
@WsEndpoint("/echo")
class EchoEndpoint {

	@OnMessage
	String text(String text) {
		return text;
	}

	@OnMessage
	ByteBuffer binary(ByteBuffer bytes) {
		return bytes;
	}

}
