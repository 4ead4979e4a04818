package io.wsboot.spring.websocket.reactive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.wsboot.server.spi.SessionReading;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.web.reactive.socket.WebSocketMessage;

/**
 * The messages of one session on their way to the subscriber. The session is read ahead
 * of the demand by one message, so that the end of a session that sends nothing is seen;
 * while that message waits, the session is not read.
 */
final class Received {

	private final SessionReading reading;

	/** Holds one message at most. */
	private final Queue<WebSocketMessage> waiting = new ConcurrentLinkedQueue<>();

	/** The event loop alone emits. */
	private final Sinks.Many<WebSocketMessage> sink = Sinks.unsafe()
		.many()
		.unicast()
		.onBackpressureBuffer(this.waiting);

	/** Not fused, so that each message that leaves is seen. */
	private final Flux<WebSocketMessage> messages = this.sink.asFlux().hide().doOnNext((message) -> goOn());

	Received(SessionReading reading) {
		this.reading = reading;
	}

	Flux<WebSocketMessage> messages() {
		return this.messages;
	}

	/** On the event loop. */
	void add(WebSocketMessage message) {
		this.sink.tryEmitNext(message); // dropped if the subscriber has cancelled
		if (!this.waiting.isEmpty()) {
			this.reading.pause();
			goOn(); // if the subscriber has been faster
		}
	}

	/** Any thread. */
	private void goOn() {
		if (this.waiting.isEmpty()) {
			this.reading.resume();
		}
	}

	/** On the event loop. */
	void end() {
		this.sink.tryEmitComplete();
	}

}
