package io.wsboot.server.spi;

import java.time.Duration;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one session. A snapshot can be taken from any thread and waits for
 * nothing: each value is correct by itself, but the values need not be of the same
 * instant. Values that the session's event loop counts may lag by an instant; counts
 * never decrease.
 *
 * @param state the session's state
 * @param age the time since the session was opened
 * @param idle the time since bytes, including Pongs, last arrived from the client, as
 * {@code WsServerOptions.idleTimeout()} measures the time: the time starts again when the
 * server resumes reading from the session
 * @param roundTrip the round-trip time of the last answered Ping of the server; null if
 * no Ping has been answered. The server sends no Pings to a client from which other bytes
 * come often enough
 * @param messagesIn text and binary messages received
 * @param bytesIn payload bytes of the messages received, after decompression, including
 * the parts received so far of messages that are delivered in parts
 * @param messagesOut text and binary messages sent, including messages in the outbound
 * queue and messages that the overflow policy dropped from the queue
 * @param bytesOut payload bytes of the messages sent, before compression
 * @param pendingCalls callbacks that wait for a worker or are running; always 0 for
 * callbacks on the event loop
 * @param queuedBytes bytes of frames in the outbound queue
 * @param congested whether the outbound queue rose above
 * {@code OutboundOptions.highWaterMark()} and has not fallen to half of the mark since
 * @param compression how messages are compressed; null if they are not
 * @param carrier what carries the session's bytes
 */
public record SessionStats(State state, Duration age, Duration idle, @Nullable Duration roundTrip, long messagesIn,
		long bytesIn, long messagesOut, long bytesOut, int pendingCalls, long queuedBytes, boolean congested,
		@Nullable Compression compression, Carrier carrier) {

	/**
	 * Takes a snapshot of a session.
	 * @param session a session of a {@code WsServer}
	 * @return the statistics at this instant
	 * @throws IllegalArgumentException if the session is not a {@link Source}, such as
	 * most test doubles
	 */
	public static SessionStats of(WsSession session) {
		if (session instanceof Source source) {
			return source.stats();
		}
		throw new IllegalArgumentException("no session of a WsServer: " + session.getClass().getName());
	}

	/**
	 * A session that has statistics. Each session of a {@code WsServer} is a source; a
	 * test double may be one.
	 */
	public interface Source {

		/**
		 * Takes a snapshot. Any thread may call this method.
		 * @return the statistics at this instant
		 */
		SessionStats stats();

	}

	/** The states of a session. */
	public enum State {

		/** The session can send messages. */
		OPEN,

		/** A Close frame has been sent, or is about to be sent. */
		CLOSING,

		/** The session is over. */
		CLOSED

	}

	/**
	 * The parameters of permessage-deflate for the messages that the server sends (RFC
	 * 7692 §7).
	 *
	 * @param windowBits the size of the window in bytes, as a power of two: 8 to 15
	 * @param contextTakeover whether messages may refer to earlier messages
	 */
	public record Compression(int windowBits, boolean contextTakeover) {
	}

}
