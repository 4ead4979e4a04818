package io.wsboot.server.upgrade;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a {@link Host}, plain or inside TLS. Reads and writes block. Opens one
 * record at a time, so that records may be left over.
 */
public final class HostConnection implements Closeable {

	private final SocketChannel socket;

	private final @Nullable SSLEngine engine;

	/** Records that have been read and not opened. */
	private final ByteBuffer sealed = ByteBuffer.allocate(256 * 1024).flip();

	/** Bytes that have been read and, if need be, opened. */
	private final ByteBuffer received = ByteBuffer.allocate(256 * 1024).flip();

	HostConnection(SocketChannel socket, @Nullable SSLEngine engine) {
		this.socket = socket;
		this.engine = engine;
	}

	public SocketChannel socket() {
		return this.socket;
	}

	public SSLEngine engine() {
		if (this.engine == null) {
			throw new IllegalStateException("no TLS");
		}
		return this.engine;
	}

	public ByteBuffer sealed() {
		return this.sealed;
	}

	public ByteBuffer received() {
		return this.received;
	}

	/** Reads up to the empty line, and returns what is before the line. */
	String readHead() throws IOException {
		if (this.engine != null) {
			shakeHands(this.engine);
		}
		while (true) {
			String text = StandardCharsets.ISO_8859_1.decode(this.received.duplicate()).toString();
			int end = text.indexOf("\r\n\r\n");
			if (end >= 0) {
				this.received.position(this.received.position() + end + 4);
				return text.substring(0, end);
			}
			readMore();
		}
	}

	private void shakeHands(SSLEngine engine) throws IOException {
		engine.beginHandshake();
		for (HandshakeStatus next = engine.getHandshakeStatus(); next != HandshakeStatus.NOT_HANDSHAKING; next = engine
			.getHandshakeStatus()) {
			switch (next) {
				case NEED_TASK -> engine.getDelegatedTask().run();
				case NEED_WRAP -> write(new byte[0]);
				default -> open(engine);
			}
		}
	}

	private void readMore() throws IOException {
		if (this.engine != null) {
			open(this.engine);
		}
		else {
			fill(this.received);
		}
	}

	/** Opens one record. */
	private void open(SSLEngine engine) throws IOException {
		this.received.compact();
		SSLEngineResult result = engine.unwrap(this.sealed, this.received);
		this.received.flip();
		if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
			fill(this.sealed);
		}
		else if (result.getStatus() == Status.CLOSED) {
			throw new EOFException();
		}
	}

	private void fill(ByteBuffer buffer) throws IOException {
		buffer.compact();
		try {
			if (this.socket.read(buffer) < 0) {
				throw new EOFException();
			}
		}
		finally {
			buffer.flip();
		}
	}

	void write(byte[] bytes) throws IOException {
		ByteBuffer from = ByteBuffer.wrap(bytes);
		if (this.engine == null) {
			writeAll(from);
			return;
		}
		do {
			ByteBuffer record = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize());
			this.engine.wrap(from, record);
			writeAll(record.flip());
		}
		while (from.hasRemaining());
	}

	private void writeAll(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.socket.write(bytes);
		}
	}

	/** Reads bytes of which the server will hear later; in TLS, opens no record. */
	void readAhead(int bytes) throws IOException {
		ByteBuffer into = (this.engine != null) ? this.sealed : this.received;
		while (into.remaining() < bytes) {
			fill(into);
		}
	}

	/** Ends our half, and waits for the end of the other one. */
	void end() throws IOException {
		if (this.engine != null) {
			this.engine.closeOutbound();
			write(new byte[0]);
		}
		this.socket.shutdownOutput();
		ByteBuffer rest = ByteBuffer.allocate(1024);
		while (this.socket.read(rest.clear()) >= 0) {
			// what is left of the request
		}
		close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
