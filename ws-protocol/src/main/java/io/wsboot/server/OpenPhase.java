package io.wsboot.server;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.protocol.ControlFrames;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.TimerWheel.Timer;
import io.wsboot.server.WsServerObserver.CloseInitiator;
import io.wsboot.server.WsServerObserver.ErrorKind;
import io.wsboot.server.WsServerObserver.Limit;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * From the answer to the end: counts what comes in, applies the rate limits, hands it to
 * the session's handler, measures the round-trip time, and tells how it ended. On the
 * connection's loop.
 */
final class OpenPhase {

	private final Session session;

	private final Connection connection;

	private final ServerContext server;

	private final Traffic.Row traffic;

	private final @Nullable RateLimit messages;

	private final @Nullable ByteRateLimit bytes;

	private final RateLimit controlFrames;

	/** Ends the session when the handshake said; null if it did not. */
	private @Nullable Timer expiry;

	/** Whether a message has begun that is handed on piecewise. */
	private boolean inMessage;

	/** What our last Ping said; 0 = it has been answered. */
	private long pingMark;

	private long pingSent;

	OpenPhase(Session session, Connection connection, ServerContext server) {
		this.session = session;
		this.connection = connection;
		this.server = server;
		this.traffic = session.registration().traffic().row(connection.loop().index());
		long now = connection.loop().now();
		InboundOptions limits = session.registration().policy().inbound();
		this.messages = (limits.maxMessagesPerSecond() > 0) ? new RateLimit(limits.maxMessagesPerSecond(), now) : null;
		this.bytes = (limits.maxBytesPerSecond() > 0) ? new ByteRateLimit(limits.maxBytesPerSecond(), now) : null;
		this.controlFrames = new RateLimit(limits.maxControlFramesPerSecond(), now);
	}

	void begin(@Nullable Expiry expiry) {
		if (expiry != null) {
			this.expiry = new Timer(() -> this.connection.close(expiry.status(), false));
			this.connection.loop()
				.timers()
				.schedule(this.expiry, this.connection.loop().now() + expiry.after().toNanos());
		}
		this.session.registration().begun(this.session);
		this.server.observer().opened(this.session);
		this.session.inbound().opened();
	}

	void text(String text, int size) {
		this.traffic.add(Direction.IN, MessageType.TEXT, size);
		this.session.counts().received(1, size);
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.text(text, size, true);
		}
		if (admitsMessage() && admitsBytes(size)) {
			this.session.inbound().text(text, size);
		}
	}

	void binary(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.BINARY, payload.remaining());
		this.session.counts().received(1, payload.remaining());
		trace(MessageType.BINARY, payload, true);
		if (admitsMessage() && admitsBytes(payload.remaining())) {
			this.session.inbound().binary(payload);
		}
	}

	void textPart(String part, int size, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.text(part, size, last);
		}
		if (admitsPart(MessageType.TEXT, size, last)) {
			this.session.inbound().textPart(part, size, last);
		}
	}

	void binaryPart(ByteBuffer part, boolean last) {
		trace(MessageType.BINARY, part, last);
		if (admitsPart(MessageType.BINARY, part.remaining(), last)) {
			this.session.inbound().binaryPart(part, last);
		}
	}

	private void trace(MessageType type, ByteBuffer payload, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.IN, type, payload, last);
		}
	}

	/**
	 * Bytes count as they come, the message when it is complete; its rate when it begins.
	 */
	private boolean admitsPart(MessageType type, int size, boolean last) {
		this.traffic.add(Direction.IN, type, last ? 1 : 0, size);
		this.session.counts().received(last ? 1 : 0, size);
		boolean first = !this.inMessage;
		this.inMessage = !last;
		return (first ? admitsMessage() : this.session.isOpen()) && admitsBytes(size);
	}

	private boolean admitsMessage() {
		if (this.messages != null && !this.messages.allows(this.connection.loop().now())) {
			fail(Limit.MESSAGES_PER_SECOND, "too many messages a second");
			return false;
		}
		return this.session.isOpen();
	}

	private boolean admitsBytes(int size) {
		if (this.bytes != null && !this.bytes.allows(size, this.connection.loop().now())) {
			fail(Limit.BYTES_PER_SECOND, "too many bytes a second");
			return false;
		}
		return true;
	}

	void ping(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.PING, payload.remaining());
		trace(MessageType.PING, payload, true);
		admitControlFrame();
	}

	void pong(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.PONG, payload.remaining());
		trace(MessageType.PONG, payload, true);
		if (!admitControlFrame() || !this.session.isOpen()) {
			return;
		}
		if (this.pingMark != 0 && payload.remaining() == Long.BYTES && payload.getLong(0) == this.pingMark) {
			this.pingMark = 0;
			long nanos = this.server.clock().nanoTime() - this.pingSent;
			this.session.counts().roundTrip(nanos);
			this.server.observer().pingRoundTrip(nanos);
		}
		else {
			this.session.inbound().pong(payload);
		}
	}

	private boolean admitControlFrame() {
		if (this.controlFrames.allows(this.connection.loop().now())) {
			return true;
		}
		fail(Limit.CONTROL_FRAMES_PER_SECOND, "too many control frames a second");
		return false;
	}

	private void fail(Limit limit, String reason) {
		if (this.session.isOpen()) {
			this.server.observer().limited(limit);
		}
		this.connection.protocol().fail(CloseStatus.POLICY_VIOLATION.withReason(reason));
	}

	/** A Pong is about to leave; its header has two bytes. */
	void ponged(ByteBuffer frame) {
		this.traffic.add(Direction.OUT, MessageType.PONG, frame.remaining() - 2);
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.pongSent(frame);
		}
	}

	/**
	 * Asks the peer for a sign of life. Its answer can be told from those to the
	 * application's Pings.
	 */
	void askForPong() {
		this.pingMark = ThreadLocalRandom.current().nextLong() | 1;
		this.pingSent = this.server.clock().nanoTime();
		this.traffic.add(Direction.OUT, MessageType.PING, Long.BYTES);
		ByteBuffer payload = ByteBuffer.allocate(Long.BYTES).putLong(this.pingMark).flip();
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, MessageType.PING, payload, true);
		}
		this.connection.outbound().sendAnyway(Outgoing.of(Kind.FIXED, ControlFrames.ping(payload)));
	}

	void drained() {
		if (this.session.isOpen()) {
			this.session.inbound().drained();
		}
	}

	void dropped(int messages) {
		if (this.session.isOpen()) {
			this.session.inbound().dropped(messages);
		}
	}

	/** Our Close frame is about to leave. */
	void closing(ByteBuffer frame) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.closeSent(frame);
		}
		this.session.closed();
	}

	/** It is we who close: nothing more is handed on. */
	void closing(CloseStatus status) {
		this.session.inbound().closing(status);
	}

	/** The last thing that is told of the session. */
	void end(CloseStatus status, CloseCause cause, boolean timedOut, boolean weClosed) {
		this.session.closed();
		if (this.expiry != null) {
			this.connection.loop().timers().cancel(this.expiry);
		}
		this.session.registration().sessions().remove(this.session.id());
		this.server.capacity().removeSession(this.session.clientAddress().getAddress());
		this.server.capacity().removePrincipal(this.session.principal().orElse(null));
		if (cause == CloseCause.VIOLATION) {
			this.server.observer().error(ErrorKind.PROTOCOL);
		}
		CloseInitiator initiator = switch (cause) {
			case PEER -> CloseInitiator.CLIENT;
			case LOCAL, VIOLATION -> CloseInitiator.SERVER;
			case LOST -> (timedOut || weClosed) ? CloseInitiator.SERVER : CloseInitiator.NETWORK;
		};
		long age = this.connection.loop().now() - this.connection.timer().since();
		this.server.observer().closed(this.session, status, initiator, age);
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.ended(status, initiator);
		}
		this.session.inbound().closed(status);
	}

}
