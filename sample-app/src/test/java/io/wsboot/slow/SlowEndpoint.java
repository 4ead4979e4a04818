package io.wsboot.slow;

import java.util.concurrent.TimeUnit;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Takes its time for each message, as one does that asks a slow database. Not of the
 * sample's package, so that only a test that names it has it.
 */
@WsEndpoint("/slow")
class SlowEndpoint {

	@OnMessage
	void text(String text) throws InterruptedException {
		TimeUnit.SECONDS.sleep(5);
	}

}
