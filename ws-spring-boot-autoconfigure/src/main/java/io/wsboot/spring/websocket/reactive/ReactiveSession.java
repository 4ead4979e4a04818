package io.wsboot.spring.websocket.reactive;

import java.nio.ByteBuffer;

import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionReading;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketMessage.Type;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;

/**
 * Spring's session on one of the server's. The session's event loop passes messages on;
 * any thread may use the session as Spring documents.
 */
final class ReactiveSession extends AbstractWebSocketSession<WsSession> {

	private final Received received;

	private final Outgoing outgoing;

	private final Sinks.One<CloseStatus> closeStatus = Sinks.one();

	ReactiveSession(WsSession session, HandshakeInfo info) {
		// Buffers of the heap need no release, so that a handler can lose none
		super(session, session.id(), info, DefaultDataBufferFactory.sharedInstance);
		this.received = new Received(SessionReading.of(session));
		this.outgoing = new Outgoing(this::sendNow);
	}

	/** A message has arrived. On the event loop. */
	void arrived(Type type, byte[] payload) {
		this.received.add(new WebSocketMessage(type, bufferFactory().wrap(payload)));
	}

	/** The outbound queue has been emptied far enough. On the event loop. */
	void drained() {
		this.outgoing.drained();
	}

	/** The session is over. On the event loop. */
	void closed(CloseStatus status) {
		this.closeStatus.tryEmitValue(status);
		this.received.end();
		this.outgoing.end();
	}

	@Override
	public Flux<WebSocketMessage> receive() {
		return this.received.messages();
	}

	@Override
	public Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return this.outgoing.send(messages);
	}

	/** Passes a message to the server, which owns the bytes before this returns. */
	private SendResult sendNow(WebSocketMessage message) {
		DataBuffer payload = message.getPayload();
		try {
			return switch (message.getType()) {
				case TEXT -> getDelegate().send(message.getPayloadAsText());
				case BINARY -> getDelegate().send(bytes(payload));
				case PING -> getDelegate().ping(bytes(payload));
				case PONG -> getDelegate().pong(bytes(payload));
			};
		}
		finally {
			DataBufferUtils.release(payload);
		}
	}

	private static ByteBuffer bytes(DataBuffer payload) {
		ByteBuffer bytes = ByteBuffer.allocate(payload.readableByteCount());
		payload.toByteBuffer(bytes);
		return bytes;
	}

	@Override
	public boolean isOpen() {
		return getDelegate().isOpen();
	}

	/**
	 * Closes the session. A code that no Close frame may carry (RFC 6455 §7.4.1) is sent
	 * as 1002.
	 */
	@Override
	public Mono<Void> close(CloseStatus status) {
		String reason = (status.getReason() != null) ? status.getReason() : "";
		io.wsboot.CloseStatus code = new io.wsboot.CloseStatus(status.getCode(), reason);
		io.wsboot.CloseStatus sent = code.mayBeSent() ? code : io.wsboot.CloseStatus.PROTOCOL_ERROR.withReason(reason);
		return Mono.fromRunnable(() -> getDelegate().close(sent));
	}

	@Override
	public Mono<CloseStatus> closeStatus() {
		return this.closeStatus.asMono();
	}

}
