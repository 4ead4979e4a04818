package io.wsboot.server.session;

import io.wsboot.CloseStatus;
import io.wsboot.server.inbound.InboundLink;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.Carrier;

/**
 * The connection that carries a session. A session knows no socket: the connection
 * belongs to the server's own listener, or to another server that has read the handshake.
 * Any thread may call methods that do not say otherwise.
 */
public interface SessionLink extends InboundLink {

	/** The output to the peer. */
	Outbound outbound();

	/**
	 * Begins the closing handshake, unless our Close frame has been sent. On the loop.
	 * @param status why
	 * @param urgent whether the Close frame replaces the messages that wait
	 */
	void close(CloseStatus status, boolean urgent);

	/**
	 * The peer has closed, and our Close frame waits for the handler: the close timeout
	 * starts. On the loop.
	 */
	void closeDelayed();

	/**
	 * The session has ended. On the loop.
	 * @param inOrder whether a Close frame has been sent, behind which our half of the
	 * connection ends
	 */
	void ended(boolean inOrder);

	/**
	 * Ends the session, as the peer has exceeded a limit or broken the protocol. On the
	 * loop.
	 * @param status the status that the peer is told
	 */
	void fail(CloseStatus status);

	/** What carries the bytes. */
	Carrier carrier();

	/** When the session was opened, in nanoseconds of the server's clock. */
	long since();

	/**
	 * When bytes from the peer came last, or the server did not read last, in nanoseconds
	 * of the server's clock.
	 */
	long heardAt();

	/**
	 * The overflow policy has dropped messages.
	 * @param messages how many
	 */
	void dropped(DropReason reason, int messages);

}
