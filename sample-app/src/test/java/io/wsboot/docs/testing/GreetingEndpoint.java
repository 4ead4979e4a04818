package io.wsboot.docs.testing;

import java.util.Locale;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;

/** What the page's tests test. */
@WsEndpoint("/greetings")
class GreetingEndpoint {

	@OnHandshake
	boolean judge(@QueryParam String name) {
		return !name.isBlank();
	}

	@OnOpen
	String opened(@QueryParam String name) {
		return "Welcome, " + name;
	}

	@OnMessage
	String said(String text, WsSession session) {
		if (text.equals("bye")) {
			session.close(new CloseStatus(4000, "bye"));
		}
		return text.toUpperCase(Locale.ROOT);
	}

}
