package io.wsboot.docs.endpoints;

import io.wsboot.CloseStatus;
import io.wsboot.WsSessions;

import org.springframework.stereotype.Component;

@Component
class Announcements {

	private final WsSessions sessions;

	Announcements(WsSessions sessions) {
		this.sessions = sessions;
	}

	void announce(String text) { // encoded once for all
		this.sessions.at("/tickets/{id}").broadcast(text);
	}

	void ban(String user) {
		this.sessions.ofPrincipal(user).close(CloseStatus.POLICY_VIOLATION);
	}

}
