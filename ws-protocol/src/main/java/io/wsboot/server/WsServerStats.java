package io.wsboot.server;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts of a running server. Event loops count for themselves, so a reading is a sum
 * that may lag by an instant; it never goes backwards. Every method may be called from
 * any thread.
 */
public interface WsServerStats {

	/**
	 * The counts of each endpoint.
	 * @return an unmodifiable list in the order of registration
	 */
	List<EndpointStats> endpoints();

	/**
	 * Bytes that wait for slow peers, over all sessions.
	 * @return 0 or more
	 */
	long queuedBytes();

	/**
	 * Memory that is held for what has arrived and has not been handled, over all
	 * connections: unfinished messages and handshakes, and messages that wait for a
	 * handler or are with one. Less than a kilobyte of a session's waiting messages is
	 * not counted.
	 * @return bytes, 0 or more
	 */
	long pendingBytes();

	/**
	 * The share of time that an event loop has been busy since the last time that this
	 * was asked for it, at most once a second.
	 * @param loop its index, from 0
	 * @return 0.0 to 1.0
	 */
	double loopBusy(int loop);

	/**
	 * Whether an event loop serves its connections: its thread runs, and has not been at
	 * the same round for ten seconds or more, as it is when a handler on the loop does
	 * not return.
	 * @param loop its index, from 0
	 * @return true if it is alive
	 */
	boolean isLoopAlive(int loop);

	/**
	 * The number of event loops that are {@linkplain #isLoopAlive alive}.
	 * @return 0 to {@link #loops()}
	 */
	default int loopsAlive() {
		return (int) IntStream.range(0, loops()).filter(this::isLoopAlive).count();
	}

	/**
	 * Connections that have been refused since the start: handshakes that were answered
	 * with anything but 101 or not done in time, and connections that were not accepted.
	 * @return 0 or more
	 */
	long refused();

	/**
	 * Handshakes that have been refused with 503 since the start because no worker was
	 * free in time for the code of the application's that decides about them. They are
	 * among those {@link #refused}.
	 * @return 0 or more
	 */
	long handshakesWithoutWorker();

	/**
	 * How long no worker has been free for handshakes that need one: since the first of
	 * them began to wait in vain, until a worker takes one up.
	 * @return zero unless that is so now
	 */
	Duration workersBusy();

	/**
	 * The zlib states and windows that sessions hold: for compressed messages that are
	 * arriving (some 40 KB each, outside of the heap), and with context takeover for the
	 * incoming messages so far (32 KB each) and the outgoing ones (some 260 KB each,
	 * outside of the heap).
	 * @return 0 or more
	 */
	int compressionStates();

	/**
	 * The number of event loops.
	 * @return 1 or more
	 */
	int loops();

	/** Counts of one endpoint. */
	interface EndpointStats {

		/**
		 * The endpoint's path as registered.
		 * @return the path
		 */
		String path();

		/**
		 * Sessions that are open.
		 * @return 0 or more
		 */
		long connections();

		/**
		 * Messages so far.
		 * @param direction in or out
		 * @param type the type
		 * @return 0 or more
		 */
		long messages(Direction direction, MessageType type);

		/**
		 * Payload bytes of messages so far.
		 * @param direction in or out
		 * @param type the type
		 * @return 0 or more
		 */
		long bytes(Direction direction, MessageType type);

	}

	/** Seen from the server. */
	enum Direction {

		IN, OUT

	}

	/** What is counted apart. */
	enum MessageType {

		TEXT, BINARY, PING, PONG

	}

}
