package io.wsboot.spring.endpoint;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ExceptionDepthComparator;

/**
 * The {@link io.wsboot.spring.annotation.OnError} methods of an endpoint.
 *
 * @param callbacks one for each type of exception
 */
record ErrorCallbacks(Map<Class<? extends Throwable>, HandlerMethod<WsSession>> callbacks) {

	ErrorCallbacks {
		callbacks = Map.copyOf(callbacks);
	}

	/**
	 * Calls the method whose exception type is closest to an error. If no method takes
	 * the error, its cause is tried, then the cause of the cause, and so on.
	 * @param session the session that the error occurred in
	 * @param error the error
	 * @return false if no method takes the error or one of its causes
	 * @throws Exception if the method fails
	 */
	boolean call(WsSession session, Throwable error) throws Exception {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
			HandlerMethod<WsSession> callback = closestTo(cause);
			if (callback != null) {
				callback.call(session, cause);
				return true;
			}
		}
		return false;
	}

	private @Nullable HandlerMethod<WsSession> closestTo(Throwable error) {
		return this.callbacks.keySet()
			.stream()
			.filter((type) -> type.isInstance(error))
			.min(new ExceptionDepthComparator(error))
			.map(this.callbacks::get)
			.orElse(null);
	}

}
