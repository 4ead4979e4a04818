package io.wsboot.benchmarks.server.spring;

import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Publishes what comes to the subscribers of a STOMP destination. */
class StompPublisher extends TextWebSocketHandler {

	private final SimpMessagingTemplate broker;

	StompPublisher(SimpMessagingTemplate broker) {
		this.broker = broker;
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		this.broker.convertAndSend("/topic/all", message.getPayload());
	}

}
