package io.wsboot.server.connection;

/**
 * The states of a {@link Connection} from accept to close. Each half of the TCP
 * connection ends by itself: ours once everything has been written, the peer's when the
 * peer ends it.
 *
 * <pre>
 *   accepted
 *      |
 *      v
 *     OPEN          opening handshake, session, closing handshake (RFC 6455 §4, §7)
 *      |
 *      | the last response or Close frame is queued
 *      v
 *   FLUSHING        the peer may end its half meanwhile
 *      |
 *      | the last byte is written, and our half ends
 *      v
 *  HALF_CLOSED      skipped if the peer's half has ended before
 *      |
 *      | the peer ends its half, or the close timeout passes
 *      v
 *    CLOSED         also from every state if the socket fails or a deadline passes,
 *                   and from OPEN if the peer ends its half
 * </pre>
 */
enum ConnectionState {

	/** Both halves of the connection are open. */
	OPEN,

	/** The last bytes wait to be written. */
	FLUSHING,

	/** Our half has ended; the peer's half has not. */
	HALF_CLOSED,

	/** The socket is closed. */
	CLOSED

}
