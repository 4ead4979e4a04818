package io.wsboot.server;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.spi.WsServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * Calls all observers of a server, in order. An observer that throws disturbs neither the
 * connection nor the other observers. The first failure of each observer is logged;
 * further failures are not, as there may be one for every message. This class also counts
 * refusals, which the server reports even without meters. Any thread may call all
 * methods.
 */
final class GuardedObservers implements WsServerObserver {

	private static final Log LOG = new Log();

	private final Guarded[] observers;

	private final LongAdder refused = new LongAdder();

	GuardedObservers(List<WsServerObserver> observers) {
		this.observers = observers.stream()
			.filter((observer) -> observer != NONE)
			.map((observer) -> new Guarded(observer, new AtomicBoolean()))
			.toArray(Guarded[]::new);
	}

	/** Returns how many handshakes were refused and connections were not accepted. */
	long refused() {
		return this.refused.sum();
	}

	@Override
	public void handshake(String endpoint, Port port, int status, long nanos) {
		if (status != 101) {
			this.refused.increment();
		}
		tell((observer) -> observer.handshake(endpoint, port, status, nanos));
	}

	@Override
	public void opened(WsSession session) {
		tell((observer) -> observer.opened(session));
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		tell((observer) -> observer.closed(session, status, initiator, nanos));
	}

	/**
	 * {@inheritDoc} Workers call this method for every callback, so this method makes no
	 * object for the event.
	 */
	@Override
	public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
		assert ForeignCode.isAllowed();
		for (Guarded guarded : this.observers) {
			try {
				guarded.observer.handled(endpoint, callback, error, nanos);
			}
			catch (RuntimeException | Error ex) {
				guarded.failed(ex);
			}
		}
	}

	@Override
	public void error(ErrorKind kind) {
		if (kind == ErrorKind.ACCEPT) {
			this.refused.increment();
		}
		tell((observer) -> observer.error(kind));
	}

	@Override
	public void limited(Limit limit) {
		tell((observer) -> observer.limited(limit));
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		tell((observer) -> observer.dropped(reason, messages));
	}

	@Override
	public void pingRoundTrip(long nanos) {
		tell((observer) -> observer.pingRoundTrip(nanos));
	}

	@Override
	public void endpointAdded(String endpoint) {
		tell((observer) -> observer.endpointAdded(endpoint));
	}

	@Override
	public void endpointRemoved(String endpoint) {
		tell((observer) -> observer.endpointRemoved(endpoint));
	}

	private void tell(Consumer<WsServerObserver> event) {
		assert ForeignCode.isAllowed();
		for (Guarded guarded : this.observers) {
			try {
				event.accept(guarded.observer);
			}
			catch (RuntimeException | Error ex) {
				guarded.failed(ex);
			}
		}
	}

	/**
	 * One observer.
	 *
	 * @param observer the observer
	 * @param hasFailed whether a failure of the observer has been logged
	 */
	private record Guarded(WsServerObserver observer, AtomicBoolean hasFailed) {

		void failed(Throwable cause) {
			if (this.hasFailed.compareAndSet(false, true)) {
				LOG.log(Level.ERROR, () -> "an observer of the server failed; further failures are not logged", cause);
			}
		}

	}

}
