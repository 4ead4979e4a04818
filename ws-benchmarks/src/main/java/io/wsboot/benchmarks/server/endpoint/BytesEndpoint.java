package io.wsboot.benchmarks.server.endpoint;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/** Sends back bytes that are its own. */
@WsEndpoint("/bytes")
class BytesEndpoint {

	@OnMessage
	byte[] binary(byte[] bytes) {
		return bytes;
	}

}
