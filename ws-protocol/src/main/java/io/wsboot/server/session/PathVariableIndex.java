package io.wsboot.server.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of one endpoint by the values of their path variables. A broadcast to
 * one room costs nothing for the members of other rooms, and a value without sessions
 * takes no memory. Any thread.
 *
 * @param <S> the type of the sessions
 */
final class PathVariableIndex<S extends WsSession> {

	/**
	 * A variable and its decoded value.
	 *
	 * @param name the name
	 * @param value the value
	 */
	record Variable(String name, String value) {

		/** Whether a session has the value. */
		boolean isOf(WsSession session) {
			return this.value.equals(session.handshake().pathVariables().get(this.name));
		}

	}

	private final ConcurrentMap<Variable, Set<S>> sessions = new ConcurrentHashMap<>();

	/** Adds a session under each of its variables. */
	void add(S session) {
		variables(session).forEach((name, value) -> this.sessions.compute(new Variable(name, value), (key, members) -> {
			Set<S> changed = (members != null) ? members : ConcurrentHashMap.newKeySet(1);
			changed.add(session);
			return changed;
		}));
	}

	/** Removes a session from each of its variables. */
	void remove(S session) {
		variables(session)
			.forEach((name, value) -> this.sessions.computeIfPresent(new Variable(name, value), (key, members) -> {
				members.remove(session);
				return members.isEmpty() ? null : members;
			}));
	}

	private static Map<String, String> variables(WsSession session) {
		return session.handshake().pathVariables();
	}

	/** The sessions with a value; the collection changes as sessions come and go. */
	Collection<S> get(Variable variable) {
		@Nullable Set<S> members = this.sessions.get(variable);
		return (members != null) ? members : List.of();
	}

}
