package io.wsboot.server.connection;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.protocol.HandshakeListener;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.server.connection.Deadlines.Due;
import io.wsboot.server.handshake.HandshakePhase;
import io.wsboot.server.outbound.PendingWrite;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.protocol.Agreement;
import org.jspecify.annotations.Nullable;

/**
 * Leads one connection from its handshake through its session to its end, and tells
 * handshake and session what happens to the connection. Frames do not pass here: the
 * protocol hands frames to the {@link OpenPhase} directly. The connection's loop owns all
 * fields and calls all methods.
 *
 * <pre>
 *   accepted
 *      |
 *      v
 *  handshake ---- refused, or a health probe answered ------+
 *      |                                                    |
 *      | opened(): the handshake is accepted                |
 *      v                                                    v
 *   session ----- ended(): our Close frame is sent ------&gt; ending
 *      |                                                    |
 *      | gone(): the socket fails, or a deadline passes     | gone(): both halves have ended,
 *      v                                                    |         or the close timeout passes
 *    gone &lt;-------------------------------------------------+
 * </pre>
 *
 * {@link ConnectionState} shows how an ending connection closes its socket.
 */
final class ConnectionLifecycle implements HandshakeListener {

	private final Connection connection;

	/** The handshake; null once there has been a session. */
	private @Nullable HandshakePhase handshake;

	/** The session; null before its handshake is accepted, and after its end. */
	private @Nullable OpenPhase open;

	/**
	 * The life of a new connection.
	 * @param handshake the handshake; null if somebody else has read and answered it
	 */
	ConnectionLifecycle(Connection connection, @Nullable HandshakePhase handshake) {
		this.connection = connection;
		this.handshake = handshake;
	}

	/**
	 * The handshake has been accepted: the session hears of the connection from here on.
	 */
	void opened(OpenPhase open, Agreement agreement) {
		open.session().agreed(agreement);
		this.handshake = null;
		this.open = open;
		this.connection.timer().opened();
	}

	/** The session begins, unless the connection has ended since. */
	void begin(@Nullable Expiry expiry) {
		if (this.open != null) {
			this.open.begin(expiry);
		}
	}

	@Override
	public void onRefused(Refuse refusal) {
		if (this.handshake != null) {
			this.handshake.malformed(refusal);
		}
	}

	@Override
	public void onRequest(String method, HandshakeRequest request, @Nullable Refuse fault) {
		if (this.handshake != null) {
			this.handshake.request(method, request, fault);
		}
	}

	/**
	 * The session has ended, and hears nothing more of the connection.
	 * @param inOrder whether our Close frame has been sent, behind which our half of the
	 * connection ends
	 */
	void ended(boolean inOrder) {
		this.open = null;
		if (inOrder) {
			this.connection.endOutput();
		}
	}

	@Override
	public void writeResponse(ByteBuffer response) {
		this.connection.outbound().sendAnyway(PendingWrite.of(Kind.FIXED, response));
	}

	/** Bytes of memory for messages that wait for the handler. */
	long waiting() {
		return (this.open != null) ? this.open.session().inbound().waiting() : 0;
	}

	/** Drops the messages that wait for the handler. */
	void abandon(CloseStatus status) {
		if (this.open != null) {
			this.open.session().inbound().abandon(status);
		}
	}

	/**
	 * Begins the closing handshake, if our Close frame has not been sent yet: the handler
	 * gets no further message.
	 * @param status why
	 * @param urgent whether the Close frame replaces the messages that wait for the peer
	 */
	void close(CloseStatus status, boolean urgent) {
		if (this.connection.protocol().mayClose()) {
			this.connection.protocol().close(status, urgent);
			if (this.open != null) {
				this.open.session().inbound().closing(status);
			}
			this.connection.closing();
		}
	}

	/** A deadline has passed. */
	void due(Due due) {
		switch (due) {
			case PING -> {
				if (this.open != null) {
					this.open.askForPong();
				}
			}
			case IDLE -> close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
			case CLOSE -> {
				if (!this.connection.protocol().end()) { // handlers have delayed it
					timeOut();
				}
			}
			default -> timeOut();
		}
	}

	/** A peer that has missed a deadline is dropped. */
	private void timeOut() {
		if (this.handshake != null) {
			this.handshake.timedOut();
		}
		if (this.open != null) {
			this.open.timedOut();
		}
		this.connection.server().observer().error(ErrorKind.TIMEOUT);
		this.connection.drop();
	}

	/** The peer takes messages again, after congestion. */
	void drained() {
		if (this.open != null && this.open.session().isOpen()) {
			this.open.session().inbound().call(HandlerCallback.DRAINED, null, 0);
		}
	}

	/** The overflow policy has dropped messages. */
	void dropped(int messages) {
		if (this.open != null && this.open.session().isOpen()) {
			this.open.session().inbound().call(HandlerCallback.DROPPED, messages, 0);
		}
	}

	/** The socket is about to be closed. Called again if the first call has thrown. */
	void gone() {
		if (this.handshake != null) {
			this.handshake.gone();
		}
		if (this.open != null) {
			this.open.onClosed(CloseStatus.ABNORMAL, CloseCause.LOST);
		}
	}

}
