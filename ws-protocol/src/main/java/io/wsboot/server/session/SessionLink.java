package io.wsboot.server.session;

import io.wsboot.CloseStatus;
import io.wsboot.server.inbound.InboundLink;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.spi.WsServerObserver.DropReason;

/**
 * The connection that carries a session. A session knows no socket: the connection may be
 * one of the server's own listener, or of another server that has read the handshake. All
 * methods may be called on any thread, unless their description says otherwise.
 */
public interface SessionLink extends InboundLink {

	/** The way out to the peer. */
	Outbound outbound();

	/**
	 * Begins the closing handshake. On the loop.
	 * @param status the reason
	 * @param urgent whether to drop the messages that wait
	 */
	void close(CloseStatus status, boolean urgent);

	/**
	 * Our Close frame waits for the handler, and the peer for our Close frame. On the
	 * loop.
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
	 */
	void fail(CloseStatus status);

	/** When the session was opened, in nanoseconds of the server's clock. */
	long since();

	/**
	 * When bytes came last, or the server did not read, in nanoseconds of the server's
	 * clock.
	 */
	long heardAt();

	/** The overflow policy has dropped messages. */
	void dropped(DropReason reason, int messages);

}
