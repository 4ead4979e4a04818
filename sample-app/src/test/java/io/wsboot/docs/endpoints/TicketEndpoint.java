package io.wsboot.docs.endpoints;

import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint("/tickets/{id}")
class TicketEndpoint {

	@OnHandshake // before 101; void, boolean, HandshakeDecision, or one of them later
	HandshakeDecision judge(HandshakeRequest request, @HeaderParam("X-Api-Key") Optional<String> key) {
		if (key.isEmpty()) {
			return HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "ApiKey");
		}
		return HandshakeDecision.accept().withPrincipal(key::get);
	}

	@OnOpen
	String opened(@PathParam UUID id, @QueryParam Optional<Integer> from, Principal user) {
		return user.getName() + " watches " + id + " from " + from.orElse(0);
	}

	@OnMessage // text, read as JSON; what is returned is written as JSON
	Comment commented(Comment comment, WsSession session, Principal user) {
		return new Comment(user.getName() + ": " + comment.text());
	}

	@OnMessage // binary
	int attached(byte[] file) {
		return file.length;
	}

	@OnClose
	void closed(WsSession session, CloseStatus status) {
		System.Logger log = System.getLogger("tickets");
		log.log(System.Logger.Level.DEBUG, () -> session.id() + " has left with " + status.code());
	}

	@OnError // the one with the closest type is called
	String failed(IllegalArgumentException ex) {
		return "No: " + ex.getMessage();
	}

	record Comment(String text) {
	}

}
