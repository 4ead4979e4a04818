package io.wsboot.server;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.protocol.HandshakeListener;
import io.wsboot.protocol.ProtocolListener;
import io.wsboot.server.Deadlines.Due;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.WsServerObserver.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * What a protocol tells of one connection goes to the phase that the connection is in,
 * and what it writes to the outbound. On the connection's loop.
 */
final class Conversation implements HandshakeListener, ProtocolListener {

	private final Connection connection;

	private final ServerContext server;

	/** Until the handshake is done with. */
	private @Nullable HandshakePhase handshake;

	private @Nullable OpenPhase open;

	private boolean timedOut;

	private boolean weClosed;

	Conversation(Connection connection, ServerContext server, HandshakePhase handshake) {
		this.connection = connection;
		this.server = server;
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

	@Override
	public void onText(String text, int size) {
		if (this.open != null) {
			this.open.text(text, size);
		}
	}

	@Override
	public void onBinary(ByteBuffer payload) {
		if (this.open != null) {
			this.open.binary(payload);
		}
	}

	@Override
	public void onTextPart(String part, int size, boolean last) {
		if (this.open != null) {
			this.open.textPart(part, size, last);
		}
	}

	@Override
	public void onBinaryPart(ByteBuffer part, boolean last) {
		if (this.open != null) {
			this.open.binaryPart(part, last);
		}
	}

	@Override
	public void onPing(ByteBuffer payload) {
		if (this.open != null) {
			this.open.ping(payload);
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		if (this.open != null) {
			this.open.pong(payload);
		}
	}

	@Override
	public boolean delaysClose(CloseStatus status) {
		boolean delays = this.open != null && this.open.finishes(status);
		if (delays) {
			this.connection.timer().closing();
		}
		return delays;
	}

	/** The calls that our Close frame waits for have been made. */
	void answered() {
		this.connection.protocol().end();
	}

	@Override
	public void onClosed(CloseStatus status, CloseCause cause) {
		if (cause == CloseCause.LOST && this.server.pressure().isPressed()) {
			abandon(status); // nobody will be found later who could be given up for it
		}
		if (this.open != null) {
			this.open.end(status, cause, this.timedOut, this.weClosed);
			this.open = null;
		}
		if (cause != CloseCause.LOST) {
			this.connection.endOutput();
		}
	}

	@Override
	public void writeResponse(ByteBuffer response) {
		this.connection.outbound().sendAnyway(Outgoing.of(Kind.FIXED, response));
	}

	@Override
	public void writePong(ByteBuffer frame) {
		if (this.open != null) {
			this.open.ponged(frame);
		}
		this.connection.outbound().sendAnyway(Outgoing.of(Kind.PONG, frame));
	}

	@Override
	public void writeClose(ByteBuffer frame, boolean urgent) {
		this.weClosed = true;
		if (this.open != null) {
			this.open.closing(frame);
		}
		this.connection.outbound().sendAnyway(Outgoing.of(urgent ? Kind.URGENT_CLOSE : Kind.CLOSE, frame));
	}

	/** Memory for what waits for the handler. */
	long waiting() {
		return (this.open != null) ? this.open.inbound().waiting() : 0;
	}

	/** Nothing that waits for the handler is wanted any more. */
	void abandon(CloseStatus status) {
		if (this.open != null) {
			this.open.inbound().abandon(status);
		}
	}

	/** Nothing more will be told but that it is over. */
	void closing(CloseStatus status) {
		if (this.open != null) {
			this.open.closing(status);
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
			case IDLE -> this.connection.close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> this.connection.close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
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
		this.timedOut = true;
		this.server.observer().error(ErrorKind.TIMEOUT);
		this.connection.drop();
	}

	void drained() {
		if (this.open != null) {
			this.open.drained();
		}
	}

	void dropped(int messages) {
		if (this.open != null) {
			this.open.dropped(messages);
		}
	}

	/** The connection has been dropped; again if that has failed. */
	void gone() {
		if (this.handshake != null) {
			this.handshake.gone(this.timedOut);
		}
		if (this.open != null) {
			onClosed(CloseStatus.ABNORMAL, CloseCause.LOST);
		}
	}

}
