package io.wsboot.spring.servlet;

import java.io.IOException;
import java.util.Enumeration;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link HttpSessionSockets} of sessions that this application invalidates, where a
 * filter such as Spring Session's has replaced the container's sessions: the container
 * then tells its listeners nothing, and only some stores do. The filter stands behind the
 * one that replaces sessions and before those that invalidate them. Any thread.
 */
public final class SessionEndFilter implements Filter {

	private final HttpSessionSockets sockets;

	/**
	 * Creates the filter.
	 * @param sockets learns of the end of each session, before the session ends
	 */
	public SessionEndFilter(HttpSessionSockets sockets) {
		this.sockets = sockets;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(new WatchedRequest((HttpServletRequest) request, this.sockets), response);
	}

	private static final class WatchedRequest extends HttpServletRequestWrapper {

		private final HttpSessionSockets sockets;

		private @Nullable WatchedSession latest;

		WatchedRequest(HttpServletRequest request, HttpSessionSockets sockets) {
			super(request);
			this.sockets = sockets;
		}

		@Override
		public HttpSession getSession() {
			return watched(super.getSession());
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			HttpSession session = super.getSession(create);
			return (session != null) ? watched(session) : null;
		}

		private WatchedSession watched(HttpSession session) {
			WatchedSession watched = this.latest;
			if (watched == null || watched.session != session) {
				watched = new WatchedSession(session, this.sockets);
				this.latest = watched;
			}
			return watched;
		}

	}

	private static final class WatchedSession implements HttpSession {

		private final HttpSession session;

		private final HttpSessionSockets sockets;

		WatchedSession(HttpSession session, HttpSessionSockets sockets) {
			this.session = session;
			this.sockets = sockets;
		}

		@Override
		public void invalidate() {
			this.sockets.sessionDestroyed(new HttpSessionEvent(this));
			this.session.invalidate();
		}

		@Override
		public long getCreationTime() {
			return this.session.getCreationTime();
		}

		@Override
		public String getId() {
			return this.session.getId();
		}

		@Override
		public long getLastAccessedTime() {
			return this.session.getLastAccessedTime();
		}

		@Override
		public ServletContext getServletContext() {
			return this.session.getServletContext();
		}

		@Override
		public void setMaxInactiveInterval(int interval) {
			this.session.setMaxInactiveInterval(interval);
		}

		@Override
		public int getMaxInactiveInterval() {
			return this.session.getMaxInactiveInterval();
		}

		@Override
		public Accessor getAccessor() {
			return this.session.getAccessor();
		}

		@Override
		public @Nullable Object getAttribute(String name) {
			return this.session.getAttribute(name);
		}

		@Override
		public Enumeration<String> getAttributeNames() {
			return this.session.getAttributeNames();
		}

		@Override
		public void setAttribute(String name, Object value) {
			this.session.setAttribute(name, value);
		}

		@Override
		public void removeAttribute(String name) {
			this.session.removeAttribute(name);
		}

		@Override
		public boolean isNew() {
			return this.session.isNew();
		}

	}

}
