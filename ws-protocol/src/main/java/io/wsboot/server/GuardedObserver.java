package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an observer throws, although it must not, from the connection that it was
 * told of. The first failure is logged, the others are not, as there may be one for every
 * message. Counts refusals, which are to be known without any meters. Any thread.
 */
final class GuardedObserver implements WsServerObserver {

	private static final Log LOG = new Log();

	private final WsServerObserver observer;

	private final LongAdder refused = new LongAdder();

	private final AtomicBoolean logged = new AtomicBoolean();

	GuardedObserver(WsServerObserver observer) {
		this.observer = observer;
	}

	/** Handshakes that have been refused, and connections that were not accepted. */
	long refused() {
		return this.refused.sum();
	}

	@Override
	public void handshake(String endpoint, int status, long nanos) {
		if (status != 101) {
			this.refused.increment();
		}
		tell(() -> this.observer.handshake(endpoint, status, nanos));
	}

	@Override
	public void opened(WsSession session) {
		tell(() -> this.observer.opened(session));
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		tell(() -> this.observer.closed(session, status, initiator, nanos));
	}

	/** Told of every call on workers, hence without an object for it. */
	@Override
	public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
		assert ForeignCode.isAllowed();
		try {
			this.observer.handled(endpoint, callback, error, nanos);
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	@Override
	public void error(ErrorKind kind) {
		if (kind == ErrorKind.ACCEPT) {
			this.refused.increment();
		}
		tell(() -> this.observer.error(kind));
	}

	@Override
	public void limited(Limit limit) {
		tell(() -> this.observer.limited(limit));
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		tell(() -> this.observer.dropped(reason, messages));
	}

	@Override
	public void pingRoundTrip(long nanos) {
		tell(() -> this.observer.pingRoundTrip(nanos));
	}

	@Override
	public void endpointAdded(String endpoint) {
		tell(() -> this.observer.endpointAdded(endpoint));
	}

	@Override
	public void endpointRemoved(String endpoint) {
		tell(() -> this.observer.endpointRemoved(endpoint));
	}

	private void tell(Runnable event) {
		assert ForeignCode.isAllowed();
		try {
			event.run();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	private void failed(Throwable cause) {
		if (this.logged.compareAndSet(false, true)) {
			LOG.log(Level.ERROR, () -> "an observer of the server failed; further failures are not logged", cause);
		}
	}

}
