package io.wsboot.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Sealed records on their way to the socket, which may not take all of them at once. Not
 * thread-safe.
 */
final class TlsOutput {

	/** More than a server's part of the longest handshake. */
	private static final int MOST_UNSENT = 128 * 1024;

	private final SocketChannel channel;

	/** What the socket has not taken; null if there is nothing. */
	private @Nullable ByteBuffer unsent;

	private boolean ends;

	private boolean ended;

	TlsOutput(SocketChannel channel) {
		this.channel = channel;
	}

	/** Writes records, if nothing waits; what the socket does not take is kept. */
	void write(ByteBuffer records) throws IOException {
		if (this.unsent == null) {
			this.channel.write(records);
		}
		add(records);
	}

	/**
	 * Keeps records until {@link #flush}.
	 * @throws SSLException if the peer makes us answer without reading the answers
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

	/** Writes what waits; whether nothing is left of it. */
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
	 * Nothing will be added any more: our half of the connection ends behind it; whether
	 * it has.
	 */
	boolean end() throws IOException {
		this.ends = true;
		return flush();
	}

	boolean isEmpty() {
		return this.unsent == null;
	}

}
