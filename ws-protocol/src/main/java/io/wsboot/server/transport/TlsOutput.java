package io.wsboot.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * The encrypted output of one connection. Records that the socket does not take wait
 * here. {@link TlsTransport} guards all methods with its lock.
 */
final class TlsOutput {

	/**
	 * Bytes: more than the server's part of the longest handshake. A peer that makes the
	 * server answer beyond this, and does not read the answers, is dropped.
	 */
	private static final int MOST_UNSENT = 128 * 1024;

	private final SocketChannel channel;

	/** Records that the socket has not taken; null if there are none. */
	private @Nullable ByteBuffer unsent;

	/** Whether the socket's output is to be shut down behind the records. */
	private boolean ends;

	/** Whether the socket's output has been shut down. */
	private boolean ended;

	TlsOutput(SocketChannel channel) {
		this.channel = channel;
	}

	/** Writes records, or keeps them behind records that wait. */
	void write(ByteBuffer records) throws IOException {
		if (this.unsent == null) {
			this.channel.write(records);
		}
		add(records);
	}

	/**
	 * Keeps records until {@link #flush}.
	 * @throws SSLException if the peer does not read and too much waits
	 */
	void add(ByteBuffer records) throws SSLException {
		if (!records.hasRemaining()) {
			return;
		}
		int before = (this.unsent != null) ? this.unsent.remaining() : 0;
		if (before > MOST_UNSENT) {
			throw new SSLException("the peer does not read");
		}
		ByteBuffer all = ByteBuffer.allocate(before + records.remaining());
		if (this.unsent != null) {
			all.put(this.unsent);
		}
		this.unsent = all.put(records).flip();
	}

	/**
	 * Writes the records that wait.
	 * @return whether no records wait any more
	 */
	boolean flush() throws IOException {
		if (this.unsent != null) {
			this.channel.write(this.unsent);
			if (this.unsent.hasRemaining()) {
				return false;
			}
			this.unsent = null;
		}
		if (this.ends && !this.ended) {
			this.ended = true;
			this.channel.shutdownOutput();
		}
		return true;
	}

	/**
	 * Shuts the socket's output down behind the records that wait. Nothing may be added
	 * any more.
	 * @return whether the output has been shut down; if not, a later {@link #flush} does
	 * it
	 */
	boolean end() throws IOException {
		this.ends = true;
		return flush();
	}

	boolean isEmpty() {
		return this.unsent == null;
	}

}
