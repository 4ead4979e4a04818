package io.wsboot.server.spi;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Live counts of a server. Each event loop counts for itself, so a reading is a sum that
 * may lag by an instant; counts never decrease. All methods may be called from any
 * thread.
 */
public interface WsServerStats {

	/**
	 * Returns the counts of each endpoint. A removed endpoint is in the list until its
	 * last session has ended, and another endpoint with the same path may be in the list
	 * too.
	 * @return an unmodifiable list in the order of registration
	 */
	List<EndpointStats> endpoints();

	/**
	 * Returns how many bytes wait in the outbound queues of all sessions.
	 * @return bytes, 0 or more
	 */
	long queuedBytes();

	/**
	 * Returns how much memory all connections hold for input that has not been handled:
	 * unfinished handshakes, unfinished messages, messages that wait for a handler,
	 * messages that a handler processes, and what hosts hold for {@link Wire wires}. For
	 * each session, less than a kilobyte of waiting messages is not counted.
	 * @return bytes, 0 or more
	 */
	long pendingBytes();

	/**
	 * Returns the share of time that an event loop was busy since the previous call for
	 * the event loop, measured at most once a second.
	 * @param loop the index of the event loop, from 0
	 * @return 0.0 to 1.0
	 */
	double loopBusy(int loop);

	/**
	 * Tells whether an event loop serves its connections. An event loop is not alive when
	 * its thread has ended, or has been in the same round for ten seconds or more because
	 * a handler on the event loop does not return.
	 * @param loop the index of the event loop, from 0
	 * @return true if the event loop is alive
	 */
	boolean isLoopAlive(int loop);

	/**
	 * Returns the number of event loops that are {@linkplain #isLoopAlive alive}.
	 * @return 0 to {@link #loops()}
	 */
	default int loopsAlive() {
		return (int) IntStream.range(0, loops()).filter(this::isLoopAlive).count();
	}

	/**
	 * Returns how many connections have been refused since the start: handshakes that
	 * timed out or were not answered with 101, and connections that were not accepted.
	 * @return 0 or more
	 */
	long refused();

	/**
	 * Returns how many handshakes have been answered with 503 since the start because no
	 * worker became free in time. The count of {@link #refused} includes these
	 * handshakes.
	 * @return 0 or more
	 */
	long handshakesWithoutWorker();

	/**
	 * Returns for how long no worker has become free in time for a handshake: since the
	 * first such handshake began to wait, until a worker takes a handshake.
	 * @return the duration; zero if workers become free in time
	 */
	Duration workersBusy();

	/**
	 * Returns how many zlib states and windows sessions hold. A compressed message that
	 * is arriving holds about 40 KB outside of the heap. With context takeover, a session
	 * holds 32 KB for incoming messages and about 260 KB outside of the heap for outgoing
	 * messages.
	 * @return 0 or more
	 */
	int compressionStates();

	/**
	 * Returns the number of event loops.
	 * @return 1 or more
	 */
	int loops();

	/** Live counts of one endpoint. */
	interface EndpointStats {

		/**
		 * Returns the endpoint's path as it was registered.
		 * @return the path
		 */
		String path();

		/**
		 * Returns how many sessions are open.
		 * @return 0 or more
		 */
		long connections();

		/**
		 * Returns how many messages have been counted since the start.
		 * @param direction the direction
		 * @param type the type of the messages
		 * @return 0 or more
		 */
		long messages(Direction direction, MessageType type);

		/**
		 * Returns how many payload bytes of messages have been counted since the start.
		 * @param direction the direction
		 * @param type the type of the messages
		 * @return 0 or more
		 */
		long bytes(Direction direction, MessageType type);

	}

	/** The direction of a message, as the server sees the message. */
	enum Direction {

		/** From the client to the server. */
		IN,

		/** From the server to the client. */
		OUT

	}

	/** The types of messages that are counted separately. */
	enum MessageType {

		/** Text messages. */
		TEXT,

		/** Binary messages. */
		BINARY,

		/** Pings. */
		PING,

		/** Pongs. */
		PONG

	}

}
