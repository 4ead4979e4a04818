package io.wsboot.spring.servlet;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * Closes WebSocket sessions when the {@link HttpSession} ends within which they were
 * opened: by logout, or by expiry. Any thread.
 * <p>
 * A WebSocket session knows its HTTP session by an attribute, and does so from the
 * handshake on. The table of HTTP sessions refers to them weakly, so that a handshake
 * which comes to nothing leaves nothing behind.
 * <p>
 * The id of an HTTP session changes when somebody logs in. So the session itself keeps
 * the id that it had at its first handshake, as an attribute: with Spring Session the
 * change, the end and the WebSocket may each be on another node, and nobody tells of a
 * change.
 */
public final class HttpSessionSockets implements HttpSessionListener, WsServerObserver {

	/**
	 * The attribute of WebSocket sessions that holds their {@link Sockets}, and that of
	 * HTTP sessions with their first id, a string.
	 */
	static final String ATTRIBUTE = HttpSessionSockets.class.getName();

	private final CloseStatus ended;

	private final EndedSessions endedSessions = new EndedSessions();

	/** The sockets of each HTTP session, by the session's first id. */
	private final Map<String, Entry> table = new ConcurrentHashMap<>();

	private final ReferenceQueue<Sockets> unused = new ReferenceQueue<>();

	/** The HTTP session of each open WebSocket session that has one. */
	private final Map<WsSession, Sockets> open = new ConcurrentHashMap<>();

	/**
	 * Creates the listener.
	 * @param ended what a WebSocket session is closed with when its HTTP session ends
	 */
	public HttpSessionSockets(CloseStatus ended) {
		this.ended = ended;
	}

	/**
	 * Returns the sockets of an HTTP session, for a new handshake.
	 * @throws IllegalStateException if the session has ended
	 */
	Sockets of(HttpSession session) {
		forgetUnused();
		Sockets sockets = get(firstId(session));
		return this.endedSessions.contains(session.getId()) ? Sockets.ENDED : sockets;
	}

	private static String firstId(HttpSession session) {
		synchronized (WebUtils.getSessionMutex(session)) {
			if (session.getAttribute(ATTRIBUTE) instanceof String first) {
				return first;
			}
			String id = session.getId();
			session.setAttribute(ATTRIBUTE, id);
			return id;
		}
	}

	private Sockets get(String id) {
		while (true) {
			Entry entry = this.table.get(id);
			Sockets sockets = (entry != null) ? entry.get() : null;
			if (sockets != null) {
				return sockets;
			}
			sockets = new Sockets(new HashSet<>());
			Entry made = new Entry(id, sockets, this.unused);
			if ((entry == null) ? this.table.putIfAbsent(id, made) == null : this.table.replace(id, entry, made)) {
				return sockets;
			}
		}
	}

	private void forgetUnused() {
		for (Object entry = this.unused.poll(); entry != null; entry = this.unused.poll()) {
			this.table.remove(((Entry) entry).id, entry);
		}
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		HttpSession session = event.getSession();
		this.endedSessions.add(session.getId());
		// a request's own copy of the session may be older than the first handshake
		String id = (session.getAttribute(ATTRIBUTE) instanceof String first) ? first : session.getId();
		Entry entry = this.table.remove(id);
		Sockets sockets = (entry != null) ? entry.get() : null;
		if (sockets != null) {
			sockets.end().forEach((socket) -> socket.close(this.ended));
		}
	}

	@Override
	public void opened(WsSession session) {
		if (session.attributes().get(ATTRIBUTE) instanceof Sockets sockets) {
			this.open.put(session, sockets);
			if (!sockets.add(session)) {
				session.close(this.ended);
			}
		}
	}

	@Override
	public void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
		Sockets sockets = this.open.remove(session);
		if (sockets != null) {
			sockets.remove(session);
		}
	}

	/** For tests: the number of HTTP sessions that the table knows. */
	int size() {
		forgetUnused();
		return this.table.size();
	}

	/** The WebSocket sessions of one HTTP session. */
	static final class Sockets {

		/** Those of a session that has ended. */
		static final Sockets ENDED = new Sockets(null);

		/** Null once the HTTP session has ended. Guarded by this object. */
		private @Nullable Set<WsSession> open;

		private Sockets(@Nullable Set<WsSession> open) {
			this.open = open;
		}

		/** False if the HTTP session has ended. */
		synchronized boolean add(WsSession session) {
			return this.open != null && this.open.add(session);
		}

		synchronized void remove(WsSession session) {
			if (this.open != null) {
				this.open.remove(session);
			}
		}

		/** Returns the sessions to close; later ones are not added any more. */
		synchronized List<WsSession> end() {
			List<WsSession> sessions = (this.open != null) ? List.copyOf(this.open) : List.of();
			this.open = null;
			return sessions;
		}

	}

	/** An entry of the table. */
	private static final class Entry extends WeakReference<Sockets> {

		private final String id;

		Entry(String id, Sockets sockets, ReferenceQueue<Sockets> unused) {
			super(sockets, unused);
			this.id = id;
		}

	}

}
