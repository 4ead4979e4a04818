package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.spring.endpoint.method.KotlinCallbacks;
import org.jspecify.annotations.Nullable;

/**
 * Sends each element of one publisher as a message. The next element is requested when
 * the one before is queued and the client is not congested.
 *
 * <pre>
 * state    event                  next state
 * ASKED    an element arrives     SENDING
 * SENDING  queued or dropped      ASKED, the next element is requested
 * SENDING  the session drains     DRAINED
 * SENDING  congested              WAITING
 * DRAINED  queued or congested    ASKED, the next element is requested
 * WAITING  the session drains     ASKED, the next element is requested
 * any      end, failure, cancel   OVER
 * </pre>
 */
final class ReplyStream implements Flow.Subscriber<Object> {

	/** See the table above. */
	private enum State {

		/** An element is requested. */
		ASKED,

		/** An element is being sent. */
		SENDING,

		/** An element is being sent, and the session has drained meanwhile. */
		DRAINED,

		/** No element is requested until the session drains. */
		WAITING,

		/** No element will be sent any more. */
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

	/** The session is no longer congested. */
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

	/** Ends the stream early, without a failure. */
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
