package io.wsboot.spring.context;

import io.wsboot.WsSession;

import org.springframework.context.ApplicationEvent;

/**
 * A session has been opened. Published by a thread of its own, on which listeners may
 * block, in the order in which sessions open and close; not in turn with the session's
 * callbacks. Costs nothing unless somebody listens when the server starts.
 */
public final class WsSessionOpenedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	WsSessionOpenedEvent(WsSession session) {
		super(session);
	}

	/**
	 * The session, which may be over by now.
	 * @return the session
	 */
	public WsSession session() {
		return (WsSession) getSource();
	}

}
