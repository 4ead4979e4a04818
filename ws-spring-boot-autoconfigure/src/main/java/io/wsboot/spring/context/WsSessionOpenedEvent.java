package io.wsboot.spring.context;

import io.wsboot.WsSession;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a session has been opened. A dedicated thread, on which listeners may
 * block, publishes session events in the order in which sessions open and close, but not
 * in turn with the sessions' callbacks. The events cost nothing unless somebody listens
 * when the server starts.
 */
public final class WsSessionOpenedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	WsSessionOpenedEvent(WsSession session) {
		super(session);
	}

	/**
	 * Returns the session.
	 * @return the session, which may be over by now
	 */
	public WsSession session() {
		return (WsSession) getSource();
	}

}
