package io.wsboot.spring.context;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;

/**
 * The sessions of a server that does not run.
 */
enum NoSessions implements WsSessions {

	INSTANCE;

	@Override
	public WsSessions at(String endpoint) {
		return this;
	}

	@Override
	public WsSessions where(Predicate<? super WsSession> predicate) {
		return this;
	}

	@Override
	public Optional<WsSession> find(String id) {
		return Optional.empty();
	}

	@Override
	public Stream<WsSession> stream() {
		return Stream.empty();
	}

	@Override
	public int broadcast(Message message) {
		return 0;
	}

	@Override
	public int convertAndBroadcast(Object payload) {
		return 0;
	}

	@Override
	public int broadcastLatest(Object key, Message message) {
		return 0;
	}

	@Override
	public int convertAndBroadcastLatest(Object key, Object payload) {
		return 0;
	}

}
