package io.wsboot.server.session;

import java.nio.ByteBuffer;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision.Expiry;
import io.wsboot.protocol.ProtocolListener;
import io.wsboot.protocol.outgoing.ControlFrames;
import io.wsboot.server.admission.RateLimit;
import io.wsboot.server.admission.SessionRates;
import io.wsboot.server.endpoint.Traffic;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.outbound.PendingWrite;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One session from the accepted handshake to its end: counts what arrives, applies the
 * rate limits, passes messages to the handler, measures round trips, and reports the end.
 * The connection's loop owns all fields and calls all methods.
 */
public final class OpenPhase implements ProtocolListener {

	private static final long NO_PING = Long.MIN_VALUE;

	private final Session session;

	private final Traffic.Row traffic;

	private final SessionRates rates;

	/** Closes the session when it expires; null if it does not expire. */
	private @Nullable Timer expiry;

	/** Whether the peer is in the middle of a streamed message. */
	private boolean inMessage;

	/**
	 * Whether {@code onOpen} was called and {@code onClose} was not; whether the end has
	 * been reported; whether the server has sent a Close frame, or given the peer up.
	 */
	private boolean begun, ended, endedByServer;

	/** The counts of the {@link SessionRates}, in the unit of {@link RateLimit}. */
	private long messages, bytes, controlFrames;

	/** When the Ping that waits for its Pong was sent, in nanoseconds; or NO_PING. */
	private long pingSent = NO_PING;

	public OpenPhase(Session session) {
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

	/** Opens the session: publishes it, and calls {@code onOpen}. */
	public void begin(@Nullable Expiry expiry) {
		this.expiry = SessionEnd.schedule(this.session, expiry);
		this.session.endpointSessions().begun(this.session);
		server().observer().opened(this.session);
		this.begun = true;
		this.session.inbound().call(HandlerCallback.OPEN, null, 0);
	}

	@Override
	public void onText(String text, int size) {
		this.traffic.add(Direction.IN, MessageType.TEXT, size);
		this.session.counts().received(1, size);
		if (this.session.isTraced()) {
			trace(text, size, true);
		}
		if (admitsMessage() && admitsBytes(size)) {
			this.session.inbound().call(HandlerCallback.TEXT, text, size);
		}
	}

	@Override
	public void onBinary(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.BINARY, payload.remaining());
		this.session.counts().received(1, payload.remaining());
		if (this.session.isTraced()) {
			trace(Direction.IN, MessageType.BINARY, payload, true);
		}
		if (admitsMessage() && admitsBytes(payload.remaining())) {
			this.session.inbound().call(HandlerCallback.BINARY, payload, payload.remaining());
		}
	}

	@Override
	public void onTextPart(String part, int size, boolean last) {
		trace(part, size, last);
		if (admitsPart(MessageType.TEXT, size, last)) {
			this.session.inbound().part(HandlerCallback.TEXT_PART, part, size, last);
		}
	}

	@Override
	public void onBinaryPart(ByteBuffer part, boolean last) {
		trace(Direction.IN, MessageType.BINARY, part, last);
		if (admitsPart(MessageType.BINARY, part.remaining(), last)) {
			this.session.inbound().part(HandlerCallback.BINARY_PART, part, part.remaining(), last);
		}
	}

	private void trace(String text, int size, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.text(text, size, last);
		}
	}

	private void trace(Direction direction, MessageType type, ByteBuffer payload, boolean last) {
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.bytes(direction, type, payload, last);
		}
	}

	/**
	 * Counts bytes as they arrive, and a message with its last part. The rate of messages
	 * is limited by first parts.
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
				return fail(Limit.MESSAGES_PER_SECOND, "too many messages a second");
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
				return fail(Limit.BYTES_PER_SECOND, "too many bytes a second");
			}
			this.bytes = count;
		}
		return true;
	}

	@Override
	public void onPing(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.PING, payload.remaining());
		trace(Direction.IN, MessageType.PING, payload, true);
		admitControlFrame();
	}

	@Override
	public void onPong(ByteBuffer payload) {
		this.traffic.add(Direction.IN, MessageType.PONG, payload.remaining());
		trace(Direction.IN, MessageType.PONG, payload, true);
		if (!admitControlFrame() || !this.session.isOpen()) {
			return;
		}
		if (this.pingSent != NO_PING && PingPayload.isOf(this.pingSent, payload)) {
			long nanos = server().clock().nanoTime() - this.pingSent;
			this.pingSent = NO_PING;
			this.session.counts().roundTrip(nanos);
			server().observer().pingRoundTrip(nanos);
		}
		else {
			this.session.inbound().call(HandlerCallback.PONG, payload, payload.remaining());
		}
	}

	private boolean admitControlFrame() {
		long now = this.session.loop().now();
		long count = this.rates.controlFrames().next(this.controlFrames, now);
		if (RateLimit.allows(count, now)) {
			this.controlFrames = count;
			return true;
		}
		return fail(Limit.CONTROL_FRAMES_PER_SECOND, "too many control frames a second");
	}

	private boolean fail(Limit limit, String reason) {
		if (this.session.isOpen()) {
			server().observer().limited(limit);
		}
		link().fail(CloseStatus.POLICY_VIOLATION.withReason(reason));
		return false;
	}

	@Override
	public void writePong(ByteBuffer frame) {
		this.traffic.add(Direction.OUT, MessageType.PONG, frame.remaining() - 2);
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.pongSent(frame);
		}
		link().outbound().sendAnyway(PendingWrite.of(Kind.PONG, frame));
	}

	/** Sends a Ping of the server, whose payload no Ping of the application has. */
	public void askForPong() {
		this.pingSent = server().clock().nanoTime();
		this.traffic.add(Direction.OUT, MessageType.PING, Long.BYTES);
		ByteBuffer payload = PingPayload.of(this.pingSent);
		trace(Direction.OUT, MessageType.PING, payload, true);
		link().outbound().sendAnyway(PendingWrite.of(Kind.FIXED, ControlFrames.SERVER.ping(payload)));
	}

	@Override
	public void writeClose(ByteBuffer frame, boolean urgent) {
		this.endedByServer = true;
		SessionTrace trace = this.session.trace();
		if (trace != null) {
			trace.closeSent(frame);
		}
		this.session.inbound().discard();
		this.session.closed();
		link().outbound().sendAnyway(PendingWrite.of(urgent ? Kind.URGENT_CLOSE : Kind.CLOSE, frame));
	}

	/** The session. */
	public Session session() {
		return this.session;
	}

	@Override
	public boolean delaysClose(CloseStatus status) {
		boolean delays = this.session.inbound().finish(status);
		if (delays) {
			link().closeDelayed();
		}
		return delays;
	}

	/** A deadline has passed, and the connection is about to be dropped. */
	public void timedOut() {
		this.endedByServer = true;
	}

	@Override
	public void onClosed(CloseStatus status, CloseCause cause) {
		if (cause == CloseCause.LOST && server().inbound().pressure().isPressed()) {
			// load shedding cannot find a session that is lost
			this.session.inbound().abandon(status);
		}
		end(status, cause);
		link().ended(cause != CloseCause.LOST);
	}

	/** Reports the end once, then calls {@code onClose}. Called again after a failure. */
	private void end(CloseStatus status, CloseCause cause) {
		if (!this.ended) {
			this.ended = true;
			if (!this.begun) {
				this.session.endpointSessions().finished(); // else onClose does
			}
			SessionEnd.giveBack(this.session, this.expiry);
			SessionEnd.tell(this.session, status, cause, this.endedByServer);
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
