package io.wsboot.spring.context;

import java.time.Duration;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.spi.WsServerObserver.CloseInitiator;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a session is over: after the session's {@link WsSessionOpenedEvent}, on
 * the same thread, and before the {@link WsServerStoppedEvent} of the session's server.
 */
public final class WsSessionClosedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient CloseStatus status;

	/** Who began to close the session. */
	private final CloseInitiator initiator;

	/** How long the session was open. */
	private final Duration duration;

	WsSessionClosedEvent(WsSession session, CloseStatus status, CloseInitiator initiator, Duration duration) {
		super(session);
		this.status = status;
		this.initiator = initiator;
		this.duration = duration;
	}

	/**
	 * Returns the session.
	 * @return the session, which is over
	 */
	public WsSession session() {
		return (WsSession) getSource();
	}

	/**
	 * Returns how the session ended.
	 * @return the code and reason; 1006 if the connection was lost
	 */
	public CloseStatus status() {
		return this.status;
	}

	/**
	 * Returns who began to close the session.
	 * @return client, server or network
	 */
	public CloseInitiator initiator() {
		return this.initiator;
	}

	/**
	 * Returns how long the session was open.
	 * @return zero or more
	 */
	public Duration duration() {
		return this.duration;
	}

}
