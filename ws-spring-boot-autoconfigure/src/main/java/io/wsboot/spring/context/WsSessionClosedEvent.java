package io.wsboot.spring.context;

import java.time.Duration;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.WsServerObserver.CloseInitiator;

import org.springframework.context.ApplicationEvent;

/**
 * A session is over. Comes after its {@link WsSessionOpenedEvent}, on the same thread,
 * and for all sessions that the server had before its {@link WsServerStoppedEvent}.
 */
public final class WsSessionClosedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	private final CloseInitiator initiator;

	private final Duration duration;

	WsSessionClosedEvent(WsSession session, CloseStatus status, CloseInitiator initiator, Duration duration) {
		super(session);
		this.status = status;
		this.initiator = initiator;
		this.duration = duration;
	}

	/**
	 * The session.
	 * @return the session
	 */
	public WsSession session() {
		return (WsSession) getSource();
	}

	/**
	 * How it ended.
	 * @return the code and reason; 1006 if the connection was lost
	 */
	public CloseStatus status() {
		return this.status;
	}

	/**
	 * Who began to close it.
	 * @return client, server or network
	 */
	public CloseInitiator initiator() {
		return this.initiator;
	}

	/**
	 * For how long it was open.
	 * @return zero or more
	 */
	public Duration duration() {
		return this.duration;
	}

}
