package io.wsboot.server.spi;

import java.nio.channels.SelectionKey;

/**
 * What a host tells the server about a {@link Wire}. Any thread may call all methods, at
 * any time, even within a method of the wire.
 */
public interface WireEvents {

	/**
	 * The socket is ready. A call that nobody has asked for is harmless.
	 * @param operations {@link SelectionKey#OP_READ}, {@link SelectionKey#OP_WRITE}, or
	 * both
	 */
	void ready(int operations);

	/**
	 * The host holds more bytes, although nobody reads: the server asks
	 * {@link Wire#held}. A host need not tell of less than a kilobyte, nor of bytes of
	 * which {@link #ready} has told.
	 */
	void held();

	/**
	 * The host is about to close the connection: the server begins the closing handshake
	 * with 1001 (RFC 6455 §7.4.1), and closes the wire behind the answer of the peer. A
	 * call behind a Close frame of the server's is harmless.
	 */
	void goingAway();

	/**
	 * The connection is broken or closed, and nothing more can be read: the server closes
	 * the wire. A peer that has sent its last byte is no reason to call this method, as
	 * {@link Wire#read} tells that.
	 */
	void gone();

}
