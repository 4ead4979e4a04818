package io.wsboot.server;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.session.Session;
import io.wsboot.server.session.SessionTrace;

/**
 * Logs the messages that selected sessions receive and send: each message, part of a
 * message and control frame with its direction, type and length, and the beginning of its
 * payload with control characters escaped. The lines go to the logger {@value #LOGGER} at
 * level {@code INFO}. The log slows down no other session.
 * <p>
 * Payloads may be confidential, so a session is logged only on request; a payload length
 * of 0 logs no payload. The log of a session ends with the session, or after
 * {@value #MOST_LINES} lines. Any thread may call all methods.
 */
public final class TrafficLog {

	/** The logger's name. */
	public static final String LOGGER = SessionTrace.LOGGER;

	/** The most sessions that are logged at once. */
	public static final int MOST_SESSIONS = 8;

	/** The most bytes of a payload that are logged. */
	public static final int MOST_PAYLOAD = 4096;

	/** The most lines about one session. */
	public static final int MOST_LINES = SessionTrace.MOST_LINES;

	private final WsSessions sessions;

	/** The traces by session id. Guarded by the lock of this object. */
	private final Map<String, SessionTrace> traces = new TreeMap<>();

	TrafficLog(WsSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Starts to log a session. If the session is logged already, only the length of
	 * payloads changes.
	 * @param id the session's id
	 * @param payload how many bytes of each payload to log, 0 to {@value #MOST_PAYLOAD}
	 * @return false if no such session is open
	 * @throws IllegalArgumentException if {@code payload} is out of range
	 * @throws IllegalStateException if {@value #MOST_SESSIONS} other sessions are logged
	 * already
	 */
	public boolean start(String id, int payload) {
		if (payload < 0 || payload > MOST_PAYLOAD) {
			throw new IllegalArgumentException("payload must be within 0 to " + MOST_PAYLOAD + ", not " + payload);
		}
		WsSession found = this.sessions.find(id).orElse(null);
		if (!(found instanceof Session session)) {
			return false;
		}
		SessionTrace trace = new SessionTrace(id, payload, () -> stop(id));
		synchronized (this) {
			if (this.traces.size() >= MOST_SESSIONS && !this.traces.containsKey(id)) {
				throw new IllegalStateException(MOST_SESSIONS + " sessions are logged already");
			}
			this.traces.put(id, trace);
			session.trace(trace);
		}
		if (this.sessions.find(id).isEmpty()) { // the session may have ended before
			stop(id);
			return false;
		}
		return true;
	}

	/**
	 * Stops logging a session.
	 * @param id the session's id
	 * @return whether the session was logged
	 */
	public synchronized boolean stop(String id) {
		this.sessions.find(id).ifPresent((session) -> ((Session) session).trace(null));
		return this.traces.remove(id) != null;
	}

	/**
	 * Returns the sessions that are logged.
	 * @return the ids of the sessions, sorted
	 */
	public synchronized Set<String> sessions() {
		return new TreeSet<>(this.traces.keySet());
	}

}
