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
 * The open sessions of one endpoint by the values of their path variables, so that a
 * broadcast to one room costs nothing for the members of the others. A value that no
 * session has takes no memory. Any thread.
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

		boolean isOf(WsSession session) {
			return this.value.equals(session.handshake().pathVariables().get(this.name));
		}

	}

	private final ConcurrentMap<Variable, Set<S>> sessions = new ConcurrentHashMap<>();

	void add(S session) {
		variables(session).forEach((name, value) -> this.sessions.compute(new Variable(name, value), (key, members) -> {
			Set<S> changed = (members != null) ? members : ConcurrentHashMap.newKeySet(1);
			changed.add(session);
			return changed;
		}));
	}

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

	/** The sessions that have a value; the collection changes as they come and go. */
	Collection<S> get(Variable variable) {
		@Nullable Set<S> members = this.sessions.get(variable);
		return (members != null) ? members : List.of();
	}

}
