package io.wsboot.spring.context;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;

/**
 * The sessions of whatever server runs at the moment of a call; none while no server
 * runs. A narrower view is deferred in the same way. Every query goes to the server's own
 * view under the same name, as the server may have an index for that query.
 *
 * @param current finds the sessions of the running server; empty while no server runs
 */
record DeferredSessions(Supplier<Optional<WsSessions>> current) implements WsSessions {

	@Override
	public WsSessions at(String endpoint) {
		return narrower((sessions) -> sessions.at(endpoint));
	}

	@Override
	public WsSessions where(Predicate<? super WsSession> predicate) {
		return narrower((sessions) -> sessions.where(predicate));
	}

	@Override
	public WsSessions withPathVariable(String name, String value) {
		return narrower((sessions) -> sessions.withPathVariable(name, value));
	}

	@Override
	public WsSessions ofPrincipal(String name) {
		return narrower((sessions) -> sessions.ofPrincipal(name));
	}

	@Override
	public WsSessions except(WsSession session) {
		return narrower((sessions) -> sessions.except(session));
	}

	private WsSessions narrower(UnaryOperator<WsSessions> query) {
		return new DeferredSessions(() -> this.current.get().map(query));
	}

	@Override
	public Optional<WsSession> find(String id) {
		return this.current.get().flatMap((sessions) -> sessions.find(id));
	}

	@Override
	public Stream<WsSession> stream() {
		return this.current.get().map(WsSessions::stream).orElseGet(Stream::empty);
	}

	@Override
	public long count() {
		return this.current.get().map(WsSessions::count).orElse(0L);
	}

	@Override
	public int broadcast(Message message) {
		return this.current.get().map((sessions) -> sessions.broadcast(message)).orElse(0);
	}

	@Override
	public int convertAndBroadcast(Object payload) {
		return this.current.get().map((sessions) -> sessions.convertAndBroadcast(payload)).orElse(0);
	}

	@Override
	public int broadcastLatest(Object key, Message message) {
		return this.current.get().map((sessions) -> sessions.broadcastLatest(key, message)).orElse(0);
	}

	@Override
	public int convertAndBroadcastLatest(Object key, Object payload) {
		return this.current.get().map((sessions) -> sessions.convertAndBroadcastLatest(key, payload)).orElse(0);
	}

	@Override
	public void close(CloseStatus status) {
		this.current.get().ifPresent((sessions) -> sessions.close(status));
	}

}
