package io.wsboot.server.session;

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
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.outbound.Broadcast;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.session.PathVariableIndex.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of some endpoints that meet a condition. A broadcast is encoded once. The
 * calling thread queues the broadcast, which keeps the order of that thread's messages,
 * and each loop is woken once to write to its sessions. Any thread.
 *
 * @param endpoints the endpoints, asked for anew each time
 * @param variable a path variable that the index finds sessions by; null = all sessions
 * @param condition a further condition
 * @param server encodes and converts messages
 */
public record SessionView(Supplier<List<EndpointSessions>> endpoints, @Nullable Variable variable,
		Predicate<WsSession> condition, SessionContext server) implements WsSessions {

	/** The condition that every session meets; compared by identity. */
	private static final Predicate<WsSession> ALL = (session) -> true;

	/** All sessions of a server. */
	public static WsSessions of(Endpoints endpoints, SessionContext server) {
		return new SessionView(endpoints::all, null, ALL, server);
	}

	@Override
	public WsSessions at(String endpoint) {
		return new SessionView(
				() -> this.endpoints.get().stream().filter((one) -> one.path().equals(endpoint)).toList(),
				this.variable, this.condition, this.server);
	}

	@Override
	public WsSessions withPathVariable(String name, String value) {
		Variable variable = new Variable(name, value);
		return (this.variable == null) ? new SessionView(this.endpoints, variable, this.condition, this.server)
				: where((session) -> variable.isOf(session));
	}

	@Override
	public WsSessions where(Predicate<? super WsSession> predicate) {
		Predicate<WsSession> both = (this.condition != ALL) ? this.condition.and(predicate) : predicate::test;
		return new SessionView(this.endpoints, this.variable, both, this.server);
	}

	@Override
	public Optional<WsSession> find(String id) {
		SessionId key = SessionId.parse(id);
		if (key == null) {
			return Optional.empty();
		}
		for (EndpointSessions endpoint : this.endpoints.get()) {
			Session session = endpoint.find(key);
			if (session != null && (this.variable == null || this.variable.isOf(session))
					&& this.condition.test(session)) {
				return Optional.of(session);
			}
		}
		return Optional.empty();
	}

	@Override
	public Stream<WsSession> stream() {
		return all().stream().flatMap(Collection::stream).map(WsSession.class::cast).filter(this.condition);
	}

	@Override
	public int broadcast(Message message) {
		return broadcast(MessageEncoder.of(this.server.frames(), message));
	}

	@Override
	public int broadcastLatest(Object key, Message message) {
		return broadcast(this.server.latest(Objects.requireNonNull(key, "key"), message));
	}

	private int broadcast(MessageEncoder outgoing) {
		if (this.condition == ALL) {
			return broadcast(outgoing, all());
		}
		List<Session> chosen = new ArrayList<>();
		int taken = 0;
		try {
			choose(chosen);
		}
		finally {
			taken = broadcast(outgoing, List.of(chosen)); // those before a failure too
		}
		return taken;
	}

	/** The sessions of each endpoint, without the condition. */
	private List<Collection<Session>> all() {
		Variable variable = this.variable;
		return this.endpoints.get()
			.stream()
			.map((endpoint) -> (variable != null) ? endpoint.with(variable) : endpoint.all())
			.toList();
	}

	/** Tests the condition, which is foreign code, before anything is queued. */
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

	private static int broadcast(MessageEncoder outgoing, List<? extends Collection<Session>> groups) {
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
			broadcast.end(); // the caller may be the drainer of the outputs
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
