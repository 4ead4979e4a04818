package io.wsboot.server.connection;

/**
 * How far a {@link Connection} is on its way to its end. Each half of the TCP connection
 * ends by itself: ours once everything has been written, the peer's when the peer says
 * so.
 *
 * <pre>
 *   accepted
 *      |
 *      v
 *     OPEN           opening handshake, session, closing handshake (RFC 6455 §4, §7)
 *      |
 *      | Close frames exchanged, or a request without a session answered
 *      v
 *   FLUSHING         the peer may end its half meanwhile
 *      |
 *      | last byte written: we end our half
 *      v
 *  HALF_CLOSED       skipped if the peer's half has ended
 *      |
 *      | the peer ends its half, or the close timeout passes
 *      v
 *    CLOSED          from any phase if the socket fails or a deadline passes,
 *                    and from OPEN if the peer ends its half
 * </pre>
 */
enum ConnectionState {

	/** Bytes go both ways. */
	OPEN,

	/** The last bytes wait for the socket, and nothing is queued behind these bytes. */
	FLUSHING,

	/** Our half has ended. */
	HALF_CLOSED,

	/** The socket is closed. */
	CLOSED

}
