package io.wsboot.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.protocol.ControlFrames;
import io.wsboot.protocol.ProtocolListener.CloseCause;
import io.wsboot.server.Outgoing.Kind;
import io.wsboot.server.TimerWheel.Timer;
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

	/** So that what our Pings say cannot be foretold. */
	private static final long PING_MASK = new SecureRandom().nextLong();

	private final Session session;

	private final Traffic.Row traffic;

	private final SessionRates rates;

	/** Ends the session when the handshake said; null if it did not. */
	private @Nullable Timer expiry;

	/** Whether a message has begun that is handed on piecewise. */
	private boolean inMessage;

	/** Whether the handler knows of the session, and so has to hear of its end. */
	private boolean begun, ended;

	/** What has been counted of each of the {@link SessionRates}. */
	private long messages, bytes, controlFrames;

	/** When our last Ping left, which is what it says. */
	private long pingSent;

	/** Whether that has not been answered. */
	private boolean pinging;

	OpenPhase(Session session) {
		this.session = session;
		this.traffic = session.endpointSessions().traffic().row(session.loop().index());
		this.rates = session.endpointSessions().endpoint().rates();
		long now = session.loop().now();
		this.messages = now;
		this.bytes = now;
		this.controlFrames = now;
	}

	private SessionLink link() {
		return this.session.link();
	}

	private SessionContext server() {
		return this.session.server();
	}

	void begin(@Nullable Expiry expiry) {
		if (expiry != null) {
			this.expiry = Timer.of(() -> link().execute(() -> link().close(expiry.status(), false)));
			EventLoop loop = this.session.loop();
			loop.timers().schedule(this.expiry, loop.now() + expiry.after().toNanos());
		}
		this.session.endpointSessions().begun(this.session);
		server().observer().opened(this.session);
		this.begun = true;
		this.session.inbound().opened();
	}

	void text(String text, int size) {
		this.traffic.add(Direction.IN, MessageType.TEXT, size);
		this.session.counts().received(1, size);
		if (this.session.isTraced()) {
			trace(text, size, true);
		}
		if (admitsMessage() && admitsBytes(size)) {
			this.session.inbound().text(text, size);
		}
	}

	void binary(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.BINARY, payload.remaining());
		this.session.counts().received(1, payload.remaining());
		if (this.session.isTraced()) {
			trace(MessageType.BINARY, payload, true);
		}
		if (admitsMessage() && admitsBytes(payload.remaining())) {
			this.session.inbound().binary(payload);
		}
	}

	void textPart(String part, int size, boolean last) {
		trace(part, size, last);
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

	private void trace(String text, int size, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.text(text, size, last);
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
		RateLimit limit = this.rates.messages();
		if (limit != null) {
			long now = this.session.loop().now();
			long count = limit.next(this.messages, now);
			if (!RateLimit.allows(count, now)) {
				fail(Limit.MESSAGES_PER_SECOND, "too many messages a second");
				return false;
			}
			this.messages = count;
		}
		return this.session.isOpen();
	}

	private boolean admitsBytes(int size) {
		RateLimit limit = this.rates.bytes();
		if (limit != null) {
			long now = this.session.loop().now();
			long count = limit.next(this.bytes, now, size);
			if (!RateLimit.allows(count, now)) {
				fail(Limit.BYTES_PER_SECOND, "too many bytes a second");
				return false;
			}
			this.bytes = count;
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
		if (this.pinging && payload.remaining() == Long.BYTES && payload.getLong(0) == (this.pingSent ^ PING_MASK)) {
			long nanos = server().clock().nanoTime() - this.pingSent;
			this.pinging = false;
			this.session.counts().roundTrip(nanos);
			server().observer().pingRoundTrip(nanos);
		}
		else {
			this.session.inbound().pong(payload);
		}
	}

	private boolean admitControlFrame() {
		long now = this.session.loop().now();
		long count = this.rates.controlFrames().next(this.controlFrames, now);
		if (RateLimit.allows(count, now)) {
			this.controlFrames = count;
			return true;
		}
		fail(Limit.CONTROL_FRAMES_PER_SECOND, "too many control frames a second");
		return false;
	}

	private void fail(Limit limit, String reason) {
		if (this.session.isOpen()) {
			server().observer().limited(limit);
		}
		link().fail(CloseStatus.POLICY_VIOLATION.withReason(reason));
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
		this.pingSent = server().clock().nanoTime();
		this.pinging = true;
		this.traffic.add(Direction.OUT, MessageType.PING, Long.BYTES);
		ByteBuffer payload = ByteBuffer.allocate(Long.BYTES).putLong(this.pingSent ^ PING_MASK).flip();
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(Direction.OUT, MessageType.PING, payload, true);
		}
		link().outbound().sendAnyway(Outgoing.of(Kind.FIXED, ControlFrames.SERVER.ping(payload)));
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
		this.session.inbound().discard();
		this.session.closed();
	}

	Inbound inbound() {
		return this.session.inbound();
	}

	/** The peer has closed, or broken the protocol: whether calls of before are left. */
	boolean finishes(CloseStatus status) {
		return this.session.inbound().finish(status);
	}

	/** It is we who close: nothing more is handed on. */
	void closing(CloseStatus status) {
		this.session.inbound().closing(status);
	}

	/** The last thing that is told of the session; again if that has failed. */
	void end(CloseStatus status, CloseCause cause, boolean timedOut, boolean weClosed) {
		if (!this.ended) {
			this.ended = true;
			if (!this.begun) {
				this.session.endpointSessions().finished(); // else the last callback does
				// that
			}
			if (this.expiry != null) {
				this.session.loop().timers().cancel(this.expiry);
			}
			SessionEnd.giveBack(this.session);
			SessionEnd.tell(this.session, status, cause, timedOut, weClosed);
		}
		if (this.begun) {
			this.begun = false;
			try {
				this.session.inbound().closed(status);
			}
			catch (Throwable ex) {
				this.begun = true;
				throw ex;
			}
		}
	}

}
