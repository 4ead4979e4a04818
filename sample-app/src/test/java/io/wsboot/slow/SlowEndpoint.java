package io.wsboot.slow;

import java.util.concurrent.TimeUnit;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Takes its time for each message, like an endpoint that asks a slow database. The class
 * is outside the sample's package, so that only tests that name the class serve it.
 */
@WsEndpoint("/slow")
class SlowEndpoint {

	@OnMessage
	void text(String text) throws InterruptedException {
		TimeUnit.SECONDS.sleep(5);
	}

}
