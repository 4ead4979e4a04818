package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;
import org.jspecify.annotations.Nullable;

/**
 * Sends what one publisher yields, each element as a message: the next is asked for when
 * the last is on its way and the client is not behind.
 */
final class ReplyStream implements Flow.Subscriber<Object> {

	private enum State {

		/** An element is to come. */
		ASKED,

		/** One is being sent. */
		SENDING,

		/** One is being sent, and the session has drained meanwhile. */
		DRAINED,

		/** None is asked for until the session drains. */
		WAITING,

		/** None will be sent any more. */
		OVER

	}

	private final WsSession session;

	private final PayloadConverter writer;

	private final BiConsumer<WsSession, Throwable> failure;

	private final ReplyStreams streams;

	private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);

	private volatile Flow.@Nullable Subscription subscription;

	ReplyStream(WsSession session, PayloadConverter writer, BiConsumer<WsSession, Throwable> failure,
			ReplyStreams streams) {
		this.session = session;
		this.writer = writer;
		this.failure = failure;
		this.streams = streams;
	}

	WsSession session() {
		return this.session;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		if (this.subscription != null) {
			subscription.cancel();
			return;
		}
		this.subscription = subscription;
		if (this.state.get() == State.OVER) { // before the publisher came this far
			subscription.cancel();
		}
		else {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object element) {
		if (!this.state.compareAndSet(State.ASKED, State.SENDING)) {
			return; // cancelled
		}
		try {
			if (KotlinCallbacks.isUnit(element.getClass())) {
				askForNext();
			}
			else {
				send(element);
			}
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void send(Object element) {
		switch (this.session.send(this.writer.toMessage(element))) {
			case QUEUED -> askForNext();
			case CONGESTED -> {
				if (!this.state.compareAndSet(State.SENDING, State.WAITING)) {
					askForNext();
				}
			}
			// in turn, as a publisher that is never behind would keep the thread
			case DROPPED -> this.session.execute((open) -> askForNext());
			case CLOSED -> cancel();
		}
	}

	/** The session can take more. */
	void drained() {
		if (this.state.compareAndSet(State.WAITING, State.ASKED)) {
			request();
		}
		else {
			this.state.compareAndSet(State.SENDING, State.DRAINED);
		}
	}

	private void askForNext() {
		if (this.state.updateAndGet((now) -> (now == State.OVER) ? now : State.ASKED) == State.ASKED) {
			request();
		}
	}

	private void request() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.request(1);
		}
	}

	/** Nobody wants to hear of it any more. */
	void cancel() {
		Flow.Subscription subscription = this.subscription;
		if (end() && subscription != null) {
			subscription.cancel();
		}
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			this.failure.accept(this.session, error);
		}
	}

	@Override
	public void onComplete() {
		end();
	}

	private void fail(RuntimeException error) {
		Flow.Subscription subscription = this.subscription;
		if (end()) {
			if (subscription != null) {
				subscription.cancel();
			}
			this.failure.accept(this.session, error);
		}
	}

	private boolean end() {
		boolean first = this.state.getAndSet(State.OVER) != State.OVER;
		if (first) {
			this.streams.ended(this);
		}
		return first;
	}

}
