package io.wsboot.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;

import io.wsboot.server.spi.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection, plain or inside TLS. No method blocks. The loop reads,
 * ends the output and closes; the drainer of the {@code Outbound} writes, perhaps at the
 * same time. Methods run on the loop unless their comments say otherwise.
 */
public interface Transport extends Closeable {

	/**
	 * Reads the bytes that have arrived.
	 * @param into takes the bytes
	 * @param most how many bytes to take from the socket at most, 1 or more
	 * @return how many bytes were read; 0 if none have arrived; -1 if the peer will send
	 * no more
	 */
	int read(ByteBuffer into, int most) throws IOException;

	/** Returns how many bytes of memory hold input that has not been handed on. */
	int held();

	/**
	 * Whether what is {@link #held} grows with each read, until it can be handed on.
	 */
	default boolean gathers() {
		return true;
	}

	/** Whether {@link #read} may return bytes although the socket has none. */
	boolean hasMore();

	/**
	 * Whether {@link #read} must wait for a task on another thread. When the task is
	 * done, the transport asks the connection to read again.
	 */
	boolean isBusy();

	/**
	 * Writes as many bytes as the socket takes. Called by the drainer.
	 * @return how many bytes were taken from the buffer
	 */
	int write(ByteBuffer from) throws IOException;

	/**
	 * Writes bytes that earlier calls have taken from a buffer and the socket has not
	 * taken. Called by the drainer.
	 * @return whether no such bytes are left
	 */
	boolean flush() throws IOException;

	/**
	 * Whether bytes that {@link #read} itself has to send wait for the socket, after an
	 * attempt to write them. Called behind each read, perhaps while the drainer writes.
	 */
	default boolean isAnswering() throws IOException {
		return false;
	}

	/**
	 * Tells the peer that no more bytes will come. Called when all bytes have been
	 * written.
	 * @return false if the socket does not take the end yet, and {@link #flush} must be
	 * called
	 */
	boolean endOutput() throws IOException;

	/**
	 * Returns the subject of the client's verified TLS certificate; null if the client
	 * has shown none.
	 */
	@Nullable Principal peer();

	/**
	 * Whether the connection comes from a proxy that names no client. Then header fields
	 * that name the client are not from that proxy, and must not be believed.
	 */
	default boolean hidesClient() {
		return false;
	}

	/** Returns what carries the bytes. Any thread. */
	default Carrier carrier() {
		return Carrier.LISTENER;
	}

}
