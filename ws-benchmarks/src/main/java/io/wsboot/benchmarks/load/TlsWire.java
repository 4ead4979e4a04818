package io.wsboot.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** A socket with TLS over it, by the JDK's engine. */
final class TlsWire implements Wire {

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final ByteBuffer received;

	private final ByteBuffer sealed;

	TlsWire(SocketChannel channel, SSLEngine engine) {
		this.channel = channel;
		this.engine = engine;
		int record = engine.getSession().getPacketBufferSize();
		this.received = ByteBuffer.allocateDirect(2 * record).flip();
		this.sealed = ByteBuffer.allocateDirect(2 * record).flip();
	}

	/** Shakes hands; the socket blocks. */
	void handshake() throws IOException {
		this.engine.setUseClientMode(true);
		this.engine.beginHandshake();
		ByteBuffer nothing = ByteBuffer.allocate(0);
		ByteBuffer none = ByteBuffer.allocate(this.engine.getSession().getApplicationBufferSize());
		for (;;) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> this.engine.getDelegatedTask().run();
				case NEED_WRAP -> write(nothing);
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					if (unwrap(none).getStatus() == Status.BUFFER_UNDERFLOW && fill() < 0) {
						throw new EOFException("the server hung up while shaking hands");
					}
				}
				case FINISHED, NOT_HANDSHAKING -> {
					return;
				}
			}
		}
	}

	@Override
	public SocketChannel channel() {
		return this.channel;
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		int start = to.position();
		for (;;) {
			SSLEngineResult result = unwrap(to);
			if (result.getStatus() == Status.CLOSED) {
				return -1;
			}
			if (result.getStatus() == Status.BUFFER_OVERFLOW) {
				return to.position() - start;
			}
			if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
				this.engine.getDelegatedTask().run();
			}
			if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
				if (to.position() > start) { // another read might block
					return to.position() - start;
				}
				int count = fill();
				if (count <= 0) {
					return count;
				}
			}
		}
	}

	private SSLEngineResult unwrap(ByteBuffer to) throws IOException {
		return this.engine.unwrap(this.received, to);
	}

	private int fill() throws IOException {
		this.received.compact();
		int count = this.channel.read(this.received);
		this.received.flip();
		return count;
	}

	@Override
	public void write(ByteBuffer from) throws IOException {
		do {
			if (!flush()) {
				return;
			}
			this.engine.wrap(from, this.sealed.clear());
			this.sealed.flip();
			flush();
		}
		while (from.hasRemaining());
	}

	@Override
	public boolean flush() throws IOException {
		if (this.sealed.hasRemaining()) {
			this.channel.write(this.sealed);
		}
		return !this.sealed.hasRemaining();
	}

}
