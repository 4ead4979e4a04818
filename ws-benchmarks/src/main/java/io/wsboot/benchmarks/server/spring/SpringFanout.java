package io.wsboot.benchmarks.server.spring;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** Sends what comes to all. */
class SpringFanout extends AbstractWebSocketHandler {

	private final Set<WebSocketSession> members = ConcurrentHashMap.newKeySet();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.members.add(session);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.members.remove(session);
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
		for (WebSocketSession member : this.members) {
			try {
				member.sendMessage(new BinaryMessage(message.getPayload().duplicate(), true));
			}
			catch (IOException | IllegalStateException ex) {
				this.members.remove(member); // the load resets its connections
			}
		}
	}

}
