package io.wsboot.docs;

import io.wsboot.CloseStatus;
import io.wsboot.WsSessions;

import org.springframework.stereotype.Component;

@Component
class SignOut {

	private final WsSessions sessions;

	SignOut(WsSessions sessions) {
		this.sessions = sessions;
	}

	void signOut(String user) {
		this.sessions.ofPrincipal(user).close(CloseStatus.POLICY_VIOLATION.withReason("signed out"));
	}

}
