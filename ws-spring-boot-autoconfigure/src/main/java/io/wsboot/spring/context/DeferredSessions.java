package io.wsboot.spring.context;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;

/**
 * Sessions of a server that may not run yet, or may be another one later: asked for anew
 * at each call, and so are the views taken from them.
 *
 * @param current finds the sessions
 */
record DeferredSessions(Supplier<WsSessions> current) implements WsSessions {

	@Override
	public WsSessions at(String endpoint) {
		return new DeferredSessions(() -> this.current.get().at(endpoint));
	}

	@Override
	public WsSessions where(Predicate<? super WsSession> predicate) {
		return new DeferredSessions(() -> this.current.get().where(predicate));
	}

	@Override
	public Optional<WsSession> find(String id) {
		return this.current.get().find(id);
	}

	@Override
	public Stream<WsSession> stream() {
		return this.current.get().stream();
	}

	@Override
	public long count() {
		return this.current.get().count();
	}

	@Override
	public int broadcast(Message message) {
		return this.current.get().broadcast(message);
	}

	@Override
	public int convertAndBroadcast(Object payload) {
		return this.current.get().convertAndBroadcast(payload);
	}

	@Override
	public int broadcastLatest(Object key, Message message) {
		return this.current.get().broadcastLatest(key, message);
	}

	@Override
	public int convertAndBroadcastLatest(Object key, Object payload) {
		return this.current.get().convertAndBroadcastLatest(key, payload);
	}

}
