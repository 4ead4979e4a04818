package io.wsboot.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection, as they are or inside TLS. Never blocks. The loop reads
 * and closes, the drainer of the {@code Outbound} writes; the two may happen at once.
 */
public interface Transport extends Closeable {

	/**
	 * Reads what is there.
	 * @param into takes the bytes
	 * @param most how many bytes to take from the socket, 1 or more
	 * @return how many bytes; 0 if there are none yet; -1 if the peer will send no more
	 */
	int read(ByteBuffer into, int most) throws IOException;

	/** Memory for what has been read from the socket and not been handed on. */
	int held();

	/** Whether there may be more to read although the socket has nothing new. */
	boolean hasMore();

	/**
	 * Whether reading must wait for something else, after which the connection is told to
	 * read again.
	 */
	boolean isBusy();

	/**
	 * Writes as much as the socket takes.
	 * @return how many bytes have been taken from the buffer
	 */
	int write(ByteBuffer from) throws IOException;

	/**
	 * Writes what earlier calls have taken but the socket has not.
	 * @return whether there is nothing left of it
	 */
	boolean flush() throws IOException;

	/**
	 * Tells the peer that nothing more will be sent; everything has been written.
	 * @return false if the socket does not take that yet, see {@link #flush}
	 */
	boolean endOutput() throws IOException;

	/** Who the peer has proved to be; null if it has not been asked. */
	@Nullable Principal peer();

	/**
	 * Whether a proxy has connected without saying for whom: header fields that name the
	 * client were not written by that proxy then.
	 */
	default boolean hidesClient() {
		return false;
	}

}
