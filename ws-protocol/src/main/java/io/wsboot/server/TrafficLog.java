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
 * Logs what a few sessions receive and send: each message, part of a message and control
 * frame with its direction, type and length, and the beginning of its payload with
 * control characters escaped. The lines go to the logger {@value #LOGGER} at level
 * {@code INFO}. Other sessions are none the slower.
 * <p>
 * Payloads may be confidential, hence no session is logged unless somebody asks for that
 * session; a payload of 0 bytes shows lengths only. The log of a session ends with the
 * session, or after {@value #MOST_LINES} lines. All methods may be called on any thread.
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

	/** By session id. Guarded by the lock of this object. */
	private final Map<String, SessionTrace> traces = new TreeMap<>();

	TrafficLog(WsSessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Logs a session from now on. If the session is logged already, only the length of
	 * payloads changes.
	 * @param id the session's id
	 * @param payload how many bytes of each payload to show, 0 to {@value #MOST_PAYLOAD}
	 * @return false if no such session is open
	 * @throws IllegalArgumentException if payload is out of range
	 * @throws IllegalStateException if {@value #MOST_SESSIONS} others are logged
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
		if (this.sessions.find(id).isEmpty()) { // it may have ended before it was marked
			stop(id);
			return false;
		}
		return true;
	}

	/**
	 * Logs a session no longer.
	 * @param id the session's id
	 * @return whether the session was logged
	 */
	public synchronized boolean stop(String id) {
		this.sessions.find(id).ifPresent((session) -> ((Session) session).trace(null));
		return this.traces.remove(id) != null;
	}

	/**
	 * The sessions that are logged.
	 * @return their ids, sorted
	 */
	public synchronized Set<String> sessions() {
		return new TreeSet<>(this.traces.keySet());
	}

}
