package io.wsboot.server;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Hears of what a server does, for meters and logs. Called on event loops and workers:
 * implementations must be thread-safe, quick, and must not throw. What happens per
 * message is not told but counted, see {@link WsServerStats}.
 */
public interface WsServerObserver {

	/** Stands for the endpoint where a handshake named none that exists. */
	String UNKNOWN_ENDPOINT = "UNKNOWN";

	/** Does nothing. */
	WsServerObserver NONE = new WsServerObserver() {
	};

	/**
	 * A handshake has been answered.
	 * @param endpoint the endpoint's path as registered, or {@link #UNKNOWN_ENDPOINT}
	 * @param status 101, or the status of the refusal; 408 if it was not done in time and
	 * dropped
	 * @param nanos from accepting the connection to the answer
	 */
	default void handshake(String endpoint, int status, long nanos) {
	}

	/**
	 * A session was opened.
	 * @param session the session
	 */
	default void opened(WsSession session) {
	}

	/**
	 * A session is over.
	 * @param session the session
	 * @param status how
	 * @param initiator who began to close it
	 * @param nanos since it was opened
	 */
	default void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
	}

	/**
	 * A callback of a handler returned or threw. Of the calls on event loops only a
	 * sample is told, as reading the clock for each would cost more than many of them do;
	 * of those on workers, every one.
	 * @param endpoint the endpoint's path as registered
	 * @param callback which callback
	 * @param error what it threw, null if nothing
	 * @param nanos how long it ran
	 */
	default void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
	}

	/**
	 * Something went wrong.
	 * @param kind what
	 */
	default void error(ErrorKind kind) {
	}

	/**
	 * A handshake was refused, or a session closed, for what is more than a limit allows.
	 * @param limit which limit
	 */
	default void limited(Limit limit) {
	}

	/**
	 * Outgoing messages were dropped.
	 * @param reason why
	 * @param messages how many
	 */
	default void dropped(DropReason reason, int messages) {
	}

	/**
	 * A Pong answered a Ping of the server's own.
	 * @param nanos the round-trip time
	 */
	default void pingRoundTrip(long nanos) {
	}

	/** Who began to close a session. */
	enum CloseInitiator {

		/** The peer sent the first Close frame. */
		CLIENT,

		/** We sent the first Close frame, or dropped the connection at a timeout. */
		SERVER,

		/** Nobody: the connection was lost. */
		NETWORK

	}

	/**
	 * The callbacks of a handler. {@link #HANDSHAKE} is for observers only, and
	 * {@link #ERROR}, which is {@code onError}, for {@link CallbackInterceptor}s only.
	 */
	enum HandlerCallback {

		HANDSHAKE, OPEN, TEXT, BINARY, TEXT_PART, BINARY_PART, TEXT_STREAM, BINARY_STREAM, PONG, DRAINED, DROPPED, TASK,
		ERROR, CLOSE

	}

	/** Kinds of errors. */
	enum ErrorKind {

		/** A peer broke the protocol or a limit. */
		PROTOCOL,

		/**
		 * A handler threw, and its {@code onError} did not deal with it: there is a line
		 * in the log.
		 */
		HANDLER,

		/** A socket failed. */
		IO,

		/** A peer was dropped at a timeout. */
		TIMEOUT,

		/** A connection could not be accepted. */
		ACCEPT,

		/**
		 * A connection was given up for what waited in it, as all together held more than
		 * {@link OutboundOptions#maxTotalQueued} or
		 * {@link InboundOptions#maxTotalPending} allows; {@link WsServerObserver#limited}
		 * says which.
		 */
		SHED,

		/**
		 * A handshake was answered with 503 because no worker was free in time for the
		 * code of the application's that decides about it.
		 */
		NO_WORKER

	}

	/** Limits of how many there may be, and of how fast they may come. */
	enum Limit {

		/** Sessions in all: 503. */
		CONNECTIONS,

		/** Sessions of one remote address: 503. */
		CONNECTIONS_PER_ADDRESS,

		/** Sessions of one principal: 429. */
		CONNECTIONS_PER_PRINCIPAL,

		/** Handshakes a second: 503. */
		HANDSHAKES_PER_SECOND,

		/**
		 * Sockets of one address that have not shaken hands, where all sockets are taken,
		 * or the address has as many as it may: dropped.
		 */
		UNFINISHED_HANDSHAKES,

		/** Messages a second of one session: 1008. */
		MESSAGES_PER_SECOND,

		/** Bytes of messages a second of one session: 1008. */
		BYTES_PER_SECOND,

		/** Pings and Pongs a second of one session: 1008. */
		CONTROL_FRAMES_PER_SECOND,

		/** What waits for slow peers in all: 1013, or dropped. */
		TOTAL_QUEUED,

		/** What has arrived and not been handled in all: 1013, or dropped. */
		TOTAL_PENDING

	}

	/** Why an outgoing message was dropped. */
	enum DropReason {

		/** To make room for a newer one. */
		OLDEST,

		/** There was no room for it. */
		NEWEST,

		/** A newer one with the same key has taken its place. */
		CONFLATED,

		/** The session was closed before it could be sent. */
		CLOSED

	}

}
