package io.wsboot.server.session;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.SendResult;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.Log;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;

/**
 * Logs the messages of one session. Any thread; the lines of several threads come in no
 * particular order.
 */
public final class SessionTrace {

	/** The name of the logger, which {@code TrafficLog.LOGGER} publishes. */
	public static final String LOGGER = "io.wsboot.server.traffic";

	/** The maximum number of lines about one session. */
	public static final int MOST_LINES = 10_000;

	private static final Log LOG = new Log(LOGGER);

	private final String id;

	private final int shown;

	private final Runnable whenOver;

	private final AtomicInteger lines = new AtomicInteger();

	/**
	 * A trace of a session.
	 * @param id the session's id
	 * @param shown how many bytes of each payload are logged, 0 or more
	 * @param whenOver called when the session or the trace ends
	 */
	public SessionTrace(String id, int shown, Runnable whenOver) {
		this.id = id;
		this.shown = shown;
		this.whenOver = whenOver;
	}

	/** Logs an incoming text message, or a part of one. */
	void text(String text, int size, boolean last) {
		line(Direction.IN, name(MessageType.TEXT, last), size, PayloadExcerpt.ofText(text, this.shown));
	}

	/**
	 * Logs any other message or control frame.
	 * @param payload the payload; its position does not move
	 * @param last whether the message ends with the payload
	 */
	void bytes(Direction direction, MessageType type, ByteBuffer payload, boolean last) {
		line(direction, name(type, last), payload.remaining(), (type == MessageType.TEXT)
				? PayloadExcerpt.ofText(payload, this.shown) : PayloadExcerpt.ofBytes(payload, this.shown));
	}

	private static String name(MessageType type, boolean last) {
		return type.name().toLowerCase(Locale.ROOT) + (last ? "" : " part");
	}

	/** Logs a Pong that the server sends. */
	void pongSent(ByteBuffer frame) {
		bytes(Direction.OUT, MessageType.PONG, afterHeader(frame), true);
	}

	/**
	 * The payload of a control frame of the server (RFC 6455 §5.5: at most 125 bytes).
	 */
	private static ByteBuffer afterHeader(ByteBuffer frame) {
		return frame.duplicate().position(frame.position() + 2);
	}

	/** Logs that a message was not sent, or has replaced messages that waited. */
	void notSent(SendResult result) {
		line((result == SendResult.DROPPED) ? "out dropped: this message or older ones, see the overflow policy"
				: "out closed: this message was not sent");
	}

	/** Logs a Close frame that the server sends. */
	void closeSent(ByteBuffer frame) {
		ByteBuffer payload = afterHeader(frame);
		int code = payload.hasRemaining() ? payload.getShort() & 0xFFFF : CloseStatus.NO_STATUS_RECEIVED.code();
		line("out close " + code + " " + PayloadExcerpt.ofText(payload, CloseStatus.MAX_REASON_BYTES));
	}

	/** Logs the end of the session. */
	void ended(CloseStatus status, WsServerObserver.CloseInitiator initiator) {
		line("ended " + status.code() + " " + PayloadExcerpt.ofText(status.reason(), CloseStatus.MAX_REASON_BYTES)
				+ " by " + initiator.name().toLowerCase(Locale.ROOT));
		this.whenOver.run();
	}

	private void line(Direction direction, String type, int size, String excerpt) {
		line(direction.name().toLowerCase(Locale.ROOT) + " " + type + " " + size + (excerpt.isEmpty() ? "" : " ")
				+ excerpt);
	}

	private void line(String what) {
		assert ForeignCode.isAllowed();
		int number = this.lines.incrementAndGet();
		if (number <= MOST_LINES) {
			LOG.log(Level.INFO, () -> "session " + this.id + " " + what, null);
		}
		if (number == MOST_LINES) {
			LOG.log(Level.INFO, () -> "session " + this.id + " is not logged any further", null);
			this.whenOver.run();
		}
	}

}
