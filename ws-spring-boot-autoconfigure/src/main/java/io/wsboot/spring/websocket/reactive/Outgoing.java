package io.wsboot.spring.websocket.reactive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.wsboot.SendResult;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.web.reactive.socket.WebSocketMessage;

/**
 * What a handler sends: each publisher is asked for one message at a time, and for none
 * while the outbound queue of the session is above the high-water mark. Any thread.
 */
final class Outgoing {

	private final Function<WebSocketMessage, SendResult> send;

	private final Set<Sending> current = ConcurrentHashMap.newKeySet();

	/** How often the outbound queue has been emptied far enough. */
	private final AtomicInteger drains = new AtomicInteger();

	private volatile boolean ended;

	/**
	 * Creates the way out of a session.
	 * @param send passes a message to the server
	 */
	Outgoing(Function<WebSocketMessage, SendResult> send) {
		this.send = send;
	}

	/** Sends what a publisher publishes; completes behind the last message. */
	Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return Mono.create((sink) -> {
			Sending sending = new Sending(sink);
			this.current.add(sending);
			sink.onDispose(() -> {
				this.current.remove(sending);
				sending.cancel();
			});
			messages.subscribe(sending);
			if (this.ended) {
				sending.end();
			}
		});
	}

	/** The outbound queue has been emptied far enough. */
	void drained() {
		this.drains.incrementAndGet();
		this.current.forEach(Sending::goOn);
	}

	/** The session is over: what has not been published is not asked for. */
	void end() {
		this.ended = true;
		this.current.forEach(Sending::end);
	}

	/** One publisher. */
	private final class Sending extends BaseSubscriber<WebSocketMessage> {

		private final MonoSink<Void> done;

		private final AtomicBoolean waiting = new AtomicBoolean();

		Sending(MonoSink<Void> done) {
			this.done = done;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(WebSocketMessage message) {
			int drainsBefore = Outgoing.this.drains.get();
			switch (Outgoing.this.send.apply(message)) {
				case QUEUED, DROPPED -> request(1);
				case CLOSED -> end();
				case CONGESTED -> {
					this.waiting.set(true);
					if (Outgoing.this.drains.get() != drainsBefore) {
						goOn();
					}
				}
			}
		}

		void goOn() {
			if (this.waiting.compareAndSet(true, false)) {
				request(1);
			}
		}

		void end() {
			cancel();
			this.done.success();
		}

		@Override
		protected void hookOnComplete() {
			this.done.success();
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.done.error(failure);
		}

	}

}
