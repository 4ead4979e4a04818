package io.wsboot.spring.context;

import java.util.List;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.WsServerObserver;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one.
 */
public final class WsServerObservers implements WsServerObserver {

	private final List<WsServerObserver> observers;

	private WsServerObservers(List<WsServerObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	/**
	 * One observer that stands for all.
	 * @param observers the observers, called in this order
	 * @return one observer
	 */
	public static WsServerObserver of(List<WsServerObserver> observers) {
		List<WsServerObserver> some = observers.stream().filter((observer) -> observer != NONE).toList();
		return switch (some.size()) {
			case 0 -> NONE;
			case 1 -> some.get(0);
			default -> new WsServerObservers(some);
		};
	}

	@Override
	public void handshake(String endpoint, int status, long nanos) {
		all((observer) -> observer.handshake(endpoint, status, nanos));
	}

	@Override
	public void opened(WsSession session) {
		all((observer) -> observer.opened(session));
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		all((observer) -> observer.closed(session, status, initiator, nanos));
	}

	@Override
	public void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
		all((observer) -> observer.handled(endpoint, callback, error, nanos));
	}

	@Override
	public void error(ErrorKind kind) {
		all((observer) -> observer.error(kind));
	}

	@Override
	public void limited(Limit limit) {
		all((observer) -> observer.limited(limit));
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		all((observer) -> observer.dropped(reason, messages));
	}

	@Override
	public void pingRoundTrip(long nanos) {
		all((observer) -> observer.pingRoundTrip(nanos));
	}

	@Override
	public void endpointAdded(String endpoint) {
		all((observer) -> observer.endpointAdded(endpoint));
	}

	@Override
	public void endpointRemoved(String endpoint) {
		all((observer) -> observer.endpointRemoved(endpoint));
	}

	private void all(Consumer<WsServerObserver> call) {
		this.observers.forEach(call);
	}

}
