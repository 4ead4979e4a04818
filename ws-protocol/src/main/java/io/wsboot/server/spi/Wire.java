package io.wsboot.server.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * A connection whose socket stays with the host. No method blocks. The session's event
 * loop calls all methods but {@link #write} and {@link #flush}. One thread at a time
 * calls those two, perhaps while the loop calls another method. A method may call
 * {@link WireEvents}, and nothing else of the server's. A method that throws costs the
 * connection.
 */
public interface Wire {

	/**
	 * Reads bytes that have arrived.
	 * @param into takes the bytes between position and limit
	 * @return how many bytes were read; 0 if none have arrived; -1 if the peer will send
	 * no more
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer into) throws IOException;

	/**
	 * Writes as many bytes as the host takes now. A host that takes bytes which its
	 * socket does not take yet holds a bounded number of them, and sends them unasked.
	 * @param from the bytes between position and limit
	 * @return how many bytes were taken from the buffer, 0 or more
	 * @throws IOException if the connection is broken
	 */
	int write(ByteBuffer from) throws IOException;

	/**
	 * Tells whether the socket has taken all bytes that {@link #write} has taken, after
	 * an attempt to send them.
	 * @return false if some bytes wait for the socket
	 * @throws IOException if the connection is broken
	 */
	boolean flush() throws IOException;

	/**
	 * Asks for one call of {@link WireEvents#ready} per operation, as soon as
	 * {@link #read} would return something else than 0, or {@link #write} would take
	 * bytes and {@link #flush} would return true. A host that watches for an operation
	 * already goes on watching for the operation.
	 * @param operations {@link SelectionKey#OP_READ}, {@link SelectionKey#OP_WRITE}, or
	 * both
	 */
	void watch(int operations);

	/**
	 * Tells how much memory of the host's holds bytes that have come from the peer and
	 * have not been read, also bytes that are encrypted. The memory counts for
	 * {@code inbound.max-total-pending}: when all connections together hold too much, the
	 * server closes those that hold the most. The server asks behind each batch of reads,
	 * and behind {@link WireEvents#held}. Memory that the host keeps for the connection
	 * whether bytes wait or not does not count, nor does anything behind the Close frame
	 * of the server, where bytes are read and forgotten.
	 * @return bytes, 0 or more; 0 by default, for a host that reads the socket only in
	 * {@link #read}
	 */
	default int held() {
		return 0;
	}

	/**
	 * Tells the peer that no more bytes will come. Called once at most, when
	 * {@link #flush} has returned true behind the last byte. The server then reads, and
	 * discards what comes, until {@link #read} returns -1 or the close timeout passes. A
	 * host that knows no half-closed connections closes the connection instead, and calls
	 * {@link WireEvents#gone}.
	 * @throws IOException if the connection is broken
	 */
	void endOutput() throws IOException;

	/**
	 * Closes the connection, and drops bytes that have not been sent. Called once, even
	 * after {@link WireEvents#gone}; on the thread that calls {@code adopt} if that call
	 * comes too late.
	 * @throws IOException if closing fails
	 */
	void close() throws IOException;

}
