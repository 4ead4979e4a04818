package io.wsboot.docs;

import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;

@WsEndpoint("/chat/{room}")
class SecuredChatEndpoint {

	private final WsSessions sessions;

	SecuredChatEndpoint(WsSessions sessions) {
		this.sessions = sessions.at("/chat/{room}");
	}

	@OnMessage
	@PreAuthorize("hasAuthority('SCOPE_chat')")
	void said(String line, Authentication author) {
		this.sessions.broadcast(author.getName() + ": " + line);
	}

	@OnError
	String denied(AccessDeniedException ex) {
		return "you may only listen";
	}

}
