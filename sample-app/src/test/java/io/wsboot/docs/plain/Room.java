package io.wsboot.docs.plain;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;

class Room implements WsHandler {

	private final WsSessions sessions;

	Room(WsSessions sessions) {
		this.sessions = sessions.at("/rooms/{room}");
	}

	@Override
	public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
		String name = request.queryParam("name").orElse("");
		return CompletableFuture.completedFuture(name.isEmpty() ? HandshakeDecision.refuse(400)
				: HandshakeDecision.accept().withAttribute("name", name));
	}

	@Override
	public void onText(WsSession session, String text) {
		members(session).broadcast(session.attributes().get("name") + ": " + text);
	}

	@Override
	public void onBinary(WsSession session, ByteBuffer payload) {
		session.send(payload); // a loan until the method returns
	}

	@Override
	public void onClose(WsSession session, CloseStatus status) {
		members(session).broadcast(session.attributes().get("name") + " has left");
	}

	private WsSessions members(WsSession session) {
		return this.sessions.withPathVariable("room", session.handshake().pathVariables().get("room"));
	}

}
