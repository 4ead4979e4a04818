package io.wsboot.server;

import java.time.Duration;

import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * One session as it was when {@link #of} was called. Any thread may ask, and nothing
 * waits for it: each number is right by itself, but they need not be of the very same
 * instant. What the session's event loop counts may lag by an instant; it never goes
 * backwards.
 *
 * @param state whether it is open
 * @param age since it was opened
 * @param idle since bytes came from the client last, Pongs too, as
 * {@link WsServerOptions#idleTimeout()} counts it: begins anew when the server reads
 * again that had stopped reading
 * @param roundTrip of the server's last Ping that was answered; null if none was yet,
 * which is so as long as other bytes come often enough
 * @param messagesIn text and binary messages received
 * @param bytesIn payload of those, not compressed, with that of messages which are still
 * arriving and are handed on in parts
 * @param messagesOut text and binary messages sent, with those that still wait and those
 * that the overflow policy has dropped while they did
 * @param bytesOut payload of those, not compressed
 * @param pendingCalls callbacks that wait for a worker or are being made; always 0 where
 * they run on the event loop
 * @param queuedBytes bytes of frames that wait for the client to read them
 * @param congested whether those are, or were and are not yet down to half of it, above
 * {@link OutboundOptions#highWaterMark()}
 * @param compression how messages are compressed, null if they are not
 */
public record SessionStats(State state, Duration age, Duration idle, @Nullable Duration roundTrip, long messagesIn,
		long bytesIn, long messagesOut, long bytesOut, int pendingCalls, long queuedBytes, boolean congested,
		@Nullable Compression compression) {

	/**
	 * The statistics of a session.
	 * @param session a session of a {@link WsServer}
	 * @return a snapshot
	 * @throws IllegalArgumentException if the session is no {@link Source}, such as a
	 * test double
	 */
	public static SessionStats of(WsSession session) {
		if (session instanceof Source source) {
			return source.stats();
		}
		throw new IllegalArgumentException("no session of a WsServer: " + session.getClass().getName());
	}

	/**
	 * A session that has statistics: each session of a {@link WsServer}, and test doubles
	 * that want some.
	 */
	public interface Source {

		/**
		 * The statistics as they are now. Any thread may call this method.
		 * @return a snapshot
		 */
		SessionStats stats();

	}

	/** Where a session is in its life. */
	public enum State {

		/** Messages can be sent. */
		OPEN,

		/** A Close frame has been sent, or is about to be. */
		CLOSING,

		/** It is over. */
		CLOSED

	}

	/**
	 * permessage-deflate as agreed on for what the server sends (RFC 7692 §7).
	 *
	 * @param windowBits how far back matches may reach, as a power of two: 8 to 15
	 * @param contextTakeover whether messages may refer to the ones before
	 */
	public record Compression(int windowBits, boolean contextTakeover) {
	}

}
