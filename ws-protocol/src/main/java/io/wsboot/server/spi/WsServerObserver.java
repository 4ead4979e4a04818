package io.wsboot.server.spi;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

/**
 * Observes a server, for meters and logs. Event loops and workers call an observer,
 * several of them at the same time: implementations must be thread-safe and quick, and
 * must not throw. Messages are not reported to observers; {@link WsServerStats} counts
 * them.
 */
public interface WsServerObserver {

	/** The endpoint's path in reports of handshakes for which there is no endpoint. */
	String UNKNOWN_ENDPOINT = "UNKNOWN";

	/** An observer that does nothing. */
	WsServerObserver NONE = new WsServerObserver() {
	};

	/**
	 * Called when a handshake has been answered.
	 * @param endpoint the endpoint's path as it was registered, or
	 * {@link #UNKNOWN_ENDPOINT}
	 * @param port the port that the client has connected to
	 * @param status 101 or the HTTP status of the refusal; 408 if the handshake timed out
	 * and the connection was dropped
	 * @param nanos nanoseconds from accepting the connection to the answer
	 */
	default void handshake(String endpoint, Port port, int status, long nanos) {
	}

	/**
	 * Called when a session has been opened.
	 * @param session the session
	 */
	default void opened(WsSession session) {
	}

	/**
	 * Called when a session is over.
	 * @param session the session
	 * @param status the status that the handler's {@code onClose} gets
	 * @param initiator the side that began to close the session
	 * @param nanos nanoseconds since the session was opened
	 */
	default void closed(WsSession session, CloseStatus status, CloseInitiator initiator, long nanos) {
	}

	/**
	 * Called when a callback of a handler has returned or thrown. Workers report every
	 * call. Event loops report a sample of their calls, as reading the clock costs more
	 * than many calls do.
	 * @param endpoint the endpoint's path as it was registered
	 * @param callback the callback
	 * @param error what the callback threw; null if the callback returned
	 * @param nanos how many nanoseconds the callback ran
	 */
	default void handled(String endpoint, HandlerCallback callback, @Nullable Throwable error, long nanos) {
	}

	/**
	 * Called when something went wrong.
	 * @param kind what went wrong
	 */
	default void error(ErrorKind kind) {
	}

	/**
	 * Called when a limit was exceeded, and so a handshake was refused, a connection was
	 * closed, or a call of a topic failed.
	 * @param limit the limit
	 */
	default void limited(Limit limit) {
	}

	/**
	 * Called when outgoing messages were dropped.
	 * @param reason why the messages were dropped
	 * @param messages how many messages were dropped
	 */
	default void dropped(DropReason reason, int messages) {
	}

	/**
	 * Called when a Pong has answered a Ping that the server sent of its own accord.
	 * @param nanos the round-trip time in nanoseconds
	 */
	default void pingRoundTrip(long nanos) {
	}

	/**
	 * Called when {@code WsServer.addHandler} has added an endpoint to the running
	 * server.
	 * @param endpoint the endpoint's path
	 */
	default void endpointAdded(String endpoint) {
	}

	/**
	 * Called when an endpoint has been removed from the running server and its last
	 * session has ended. An observer may then discard its data about the endpoint.
	 * @param endpoint the path, at which there is no endpoint now
	 */
	default void endpointRemoved(String endpoint) {
	}

	/** The ports that handshakes come to. */
	enum Port {

		/** The port of the server's own listener. */
		OWN,

		/** The port of another server, see {@link Upgrades}. */
		SHARED

	}

	/** The side that began to close a session. */
	enum CloseInitiator {

		/** The client sent the first Close frame. */
		CLIENT,

		/**
		 * The server sent the first Close frame, or dropped the connection at a timeout.
		 */
		SERVER,

		/** Neither side: the connection was lost. */
		NETWORK

	}

	/**
	 * The callbacks of a handler. {@link #HANDSHAKE} is reported to observers only;
	 * {@link #ERROR} is passed to {@link CallbackInterceptor}s only.
	 */
	enum HandlerCallback {

		/** {@code onHandshake}. */
		HANDSHAKE,

		/** {@code onOpen}. */
		OPEN,

		/** {@code onText}. */
		TEXT,

		/** {@code onBinary}. */
		BINARY,

		/** {@code onTextPart}. */
		TEXT_PART,

		/** {@code onBinaryPart}. */
		BINARY_PART,

		/** {@code onTextStream}. */
		TEXT_STREAM,

		/** {@code onBinaryStream}. */
		BINARY_STREAM,

		/** {@code onPong}. */
		PONG,

		/** {@code onDrained}. */
		DRAINED,

		/** {@code onDropped}. */
		DROPPED,

		/** A task of {@code WsSession.execute}. */
		TASK,

		/** {@code onError}. */
		ERROR,

		/** {@code onClose}. */
		CLOSE

	}

	/** The kinds of errors. */
	enum ErrorKind {

		/** A client broke the protocol or a limit. */
		PROTOCOL,

		/**
		 * A handler threw, and its {@code onError} threw too. The server logged the
		 * error.
		 */
		HANDLER,

		/** Reading from a socket or writing to a socket failed. */
		IO,

		/** A connection was dropped at a timeout. */
		TIMEOUT,

		/** A connection could not be accepted. */
		ACCEPT,

		/**
		 * A connection was closed because all connections together held more than
		 * {@code OutboundOptions.maxTotalQueued} or
		 * {@code InboundOptions.maxTotalPending} allows; {@link WsServerObserver#limited}
		 * tells which.
		 */
		SHED,

		/**
		 * A handshake was answered with 503 because no worker became free in time to
		 * decide about the handshake.
		 */
		NO_WORKER

	}

	/** The limits on numbers and rates, each with what happens beyond the limit. */
	enum Limit {

		/** All sessions. Beyond: 503. */
		CONNECTIONS,

		/** Sessions of one remote address. Beyond: 503. */
		CONNECTIONS_PER_ADDRESS,

		/** Sessions of one principal. Beyond: 429. */
		CONNECTIONS_PER_PRINCIPAL,

		/** Handshakes a second. Beyond: 503. */
		HANDSHAKES_PER_SECOND,

		/**
		 * Connections of one address without a finished handshake, when the server or the
		 * address has reached the limit of its connections. Beyond: dropped.
		 */
		UNFINISHED_HANDSHAKES,

		/** Messages a second of one session. Beyond: 1008. */
		MESSAGES_PER_SECOND,

		/** Payload bytes of messages a second of one session. Beyond: 1008. */
		BYTES_PER_SECOND,

		/** Pings and Pongs a second of one session. Beyond: 1008. */
		CONTROL_FRAMES_PER_SECOND,

		/** Bytes in the outbound queues of all sessions. Beyond: 1013, or dropped. */
		TOTAL_QUEUED,

		/**
		 * Bytes that have arrived on all connections and have not been handled. Beyond:
		 * 1013, or dropped.
		 */
		TOTAL_PENDING,

		/** Topics that one session is subscribed to. Beyond: the subscription fails. */
		SUBSCRIPTIONS_PER_SESSION,

		/** Topics of the server. Beyond: the subscription fails. */
		TOPICS,

		/** Payload bytes of a published message. Beyond: publishing throws. */
		TOPIC_MESSAGE_SIZE,

		/** Bytes of published messages that wait for a loop. Beyond: publishing fails. */
		TOPIC_PENDING,

		/**
		 * Bytes of the histories of all topics. Beyond: the history that was used least
		 * recently is forgotten.
		 */
		TOPIC_HISTORY

	}

	/** Why an outgoing message was dropped. */
	enum DropReason {

		/** The message made room for a newer one. */
		OLDEST,

		/** There was no room for the message. */
		NEWEST,

		/** A newer message with the same key replaced the message. */
		CONFLATED,

		/** The session was closed before the message could be sent. */
		CLOSED

	}

}
