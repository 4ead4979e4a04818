package io.wsboot.spring.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;

/** Records what it is called with, and replies. */
class RecordingHandler implements WebSocketHandler, SubProtocolCapable {

	/** What the handler does beside recording. */
	interface Action {

		void on(WebSocketSession session, WebSocketMessage<?> message) throws Exception;

	}

	private final boolean partial;

	private final Action action;

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();

	RecordingHandler() {
		this(false, RecordingHandler::echo);
	}

	RecordingHandler(boolean partial, Action action) {
		this.partial = partial;
		this.action = action;
	}

	/** Forgets what has been recorded. */
	void clear() {
		this.events.clear();
		this.sessions.clear();
	}

	static void echo(WebSocketSession session, WebSocketMessage<?> message) throws IOException {
		if (!(message instanceof PongMessage)) {
			session.sendMessage(message);
		}
	}

	WebSocketSession session() throws InterruptedException {
		WebSocketSession session = this.sessions.poll(10, TimeUnit.SECONDS);
		assertThat(session).as("a session").isNotNull();
		return session;
	}

	String next() throws InterruptedException {
		String event = this.events.poll(10, TimeUnit.SECONDS);
		return (event != null) ? event : "nothing";
	}

	void expect(String... events) throws InterruptedException {
		for (String event : events) {
			assertThat(next()).isEqualTo(event);
		}
	}

	void expectNothing() {
		assertThat(this.events).isEmpty();
		this.sessions.clear();
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.events.add("open");
		this.sessions.add(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		String last = message.isLast() ? "" : " ...";
		if (message instanceof TextMessage text) {
			String payload = text.getPayload();
			this.events.add("text " + ((payload.length() > 100) ? payload.length() : payload) + last);
		}
		else if (message instanceof BinaryMessage binary) {
			this.events.add("binary " + binary.getPayloadLength() + last);
		}
		else if (message instanceof PongMessage pong) {
			this.events.add("pong " + StandardCharsets.UTF_8.decode(pong.getPayload().duplicate()));
		}
		this.action.on(session, message);
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		this.events.add("error");
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.events.add("closed " + status.getCode() + ((status.getReason() != null) ? " " + status.getReason() : ""));
	}

	@Override
	public boolean supportsPartialMessages() {
		return this.partial;
	}

	@Override
	public List<String> getSubProtocols() {
		return List.of("v1.chat", "v2.chat");
	}

}
