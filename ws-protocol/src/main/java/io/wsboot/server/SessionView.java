package io.wsboot.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;

/**
 * The sessions of some endpoints that a condition holds for. A broadcast is encoded once,
 * queued by the calling thread so that its order among that thread's messages is kept,
 * and written by the loops, each of which is woken once.
 *
 * @param endpoints finds those whose sessions they are, anew each time
 * @param condition which of them
 * @param server encodes and converts
 */
record SessionView(Supplier<List<EndpointSessions>> endpoints, Predicate<WsSession> condition,
		SessionContext server) implements WsSessions {

	/** Every session: a condition that nobody need be asked about. */
	private static final Predicate<WsSession> ALL = (session) -> true;

	static WsSessions of(Endpoints endpoints, SessionContext server) {
		return new SessionView(endpoints::all, ALL, server);
	}

	@Override
	public WsSessions at(String endpoint) {
		return new SessionView(
				() -> this.endpoints.get().stream().filter((one) -> one.path().equals(endpoint)).toList(),
				this.condition, this.server);
	}

	@Override
	public WsSessions where(Predicate<? super WsSession> predicate) {
		Predicate<WsSession> both = (this.condition != ALL) ? this.condition.and(predicate) : predicate::test;
		return new SessionView(this.endpoints, both, this.server);
	}

	@Override
	public Optional<WsSession> find(String id) {
		SessionId key = SessionId.parse(id);
		if (key == null) {
			return Optional.empty();
		}
		for (EndpointSessions endpoint : this.endpoints.get()) {
			Session session = endpoint.sessions().get(key);
			if (session != null && this.condition.test(session)) {
				return Optional.of(session);
			}
		}
		return Optional.empty();
	}

	@Override
	public Stream<WsSession> stream() {
		return this.endpoints.get()
			.stream()
			.flatMap((endpoint) -> endpoint.sessions().values().stream())
			.map(WsSession.class::cast)
			.filter(this.condition);
	}

	@Override
	public int broadcast(Message message) {
		return broadcast(OutgoingMessage.of(this.server.frames(), message));
	}

	@Override
	public int broadcastLatest(Object key, Message message) {
		return broadcast(this.server.latest(Objects.requireNonNull(key, "key"), message));
	}

	private int broadcast(OutgoingMessage outgoing) {
		if (this.condition == ALL) {
			return broadcast(outgoing, all());
		}
		List<Session> chosen = new ArrayList<>();
		int taken = 0;
		try {
			choose(chosen);
		}
		finally {
			taken = broadcast(outgoing, List.of(chosen)); // though it fails for another
		}
		return taken;
	}

	private List<Collection<Session>> all() {
		return this.endpoints.get().stream().map((endpoint) -> endpoint.sessions().values()).toList();
	}

	/** Before anything is queued, as the condition is foreign code. */
	private void choose(List<Session> chosen) {
		assert ForeignCode.isAllowed();
		for (Collection<Session> sessions : all()) {
			for (Session session : sessions) {
				if (this.condition.test(session)) {
					chosen.add(session);
				}
			}
		}
	}

	private static int broadcast(OutgoingMessage outgoing, List<? extends Collection<Session>> groups) {
		Broadcast broadcast = new Broadcast();
		int taken = 0;
		try {
			for (Collection<Session> sessions : groups) {
				for (Session session : sessions) {
					if (isTaken(session.output().post(outgoing, null, broadcast))) {
						taken++;
					}
				}
			}
		}
		finally {
			broadcast.end(); // nobody else would write what is owned
		}
		return taken;
	}

	private static boolean isTaken(SendResult result) {
		return result == SendResult.QUEUED || result == SendResult.CONGESTED;
	}

	@Override
	public int convertAndBroadcast(Object payload) {
		return broadcast(this.server.converter().toMessage(payload));
	}

	@Override
	public int convertAndBroadcastLatest(Object key, Object payload) {
		return broadcastLatest(key, this.server.converter().toMessage(payload));
	}

}
