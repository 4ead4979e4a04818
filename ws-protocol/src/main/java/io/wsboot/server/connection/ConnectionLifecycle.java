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
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of one connection: passes the request to the {@link HandshakePhase},
 * and tells the {@link OpenPhase} what happens to the connection. Frames go to the
 * {@link OpenPhase} without passing here. On the connection's loop.
 */
final class ConnectionLifecycle implements HandshakeListener {

	private final Connection connection;

	/** Until the handshake has been answered. */
	private @Nullable HandshakePhase handshake;

	/** While there is a session. */
	private @Nullable OpenPhase open;

	ConnectionLifecycle(Connection connection, HandshakePhase handshake) {
		this.connection = connection;
		this.handshake = handshake;
	}

	/** The handshake has been accepted. */
	void opened(OpenPhase open) {
		this.handshake = null;
		this.open = open;
		this.connection.timer().opened();
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
	 * The session has ended: it is told of nothing any more.
	 * @param inOrder whether a Close frame has been sent, and our half ends behind it
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

	/** Begins the closing handshake: no further message is handed on. */
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
				if (!this.connection.protocol().end()) { // which handlers have held up
					timeOut();
				}
			}
			default -> timeOut();
		}
	}

	/** The peer has taken too long. */
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

	/** The peer takes messages again. */
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

	/** The connection has been dropped. Called again if the first call has thrown. */
	void gone() {
		if (this.handshake != null) {
			this.handshake.gone();
		}
		if (this.open != null) {
			this.open.onClosed(CloseStatus.ABNORMAL, CloseCause.LOST);
		}
	}

}
