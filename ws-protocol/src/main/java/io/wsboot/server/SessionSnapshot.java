package io.wsboot.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.wsboot.server.SessionStats.State;

/**
 * Reads the statistics of a session where they are kept. Any thread.
 */
final class SessionSnapshot {

	private SessionSnapshot() {
	}

	static SessionStats of(Session session) {
		State state = session.isOpen() ? State.OPEN
				: session.endpointSessions().find(session.key()) != null ? State.CLOSING : State.CLOSED;
		long now = session.server().clock().nanoTime();
		SessionCounts counts = session.counts();
		int roundTrip = counts.roundTrip();
		return new SessionStats(state, since(session.link().since(), now), since(session.link().heardAt(), now),
				(roundTrip > 0) ? Duration.of(roundTrip, ChronoUnit.MICROS) : null, counts.messagesIn(),
				counts.bytesIn(), counts.messagesOut(), counts.bytesOut(), session.inbound().pending(),
				session.queuedBytes(), session.output().outbound().watermarks().isCongested(),
				session.output().compressed());
	}

	/**
	 * A loop's time may be a little ahead of the time that another thread has just read.
	 */
	private static Duration since(long then, long now) {
		return Duration.ofNanos(Math.max(0, now - then));
	}

}
