package io.wsboot.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import io.wsboot.server.loop.TlsBuffers;
import org.jspecify.annotations.Nullable;

/**
 * A transport inside TLS 1.2 or 1.3. The transport holds no buffer between records.
 *
 * <pre>
 *                  FINISHED             endOutput() or close()
 *  handshaking ---------------> open --------------------------> ended: input is discarded
 *       |                         |            close_notify
 *       +-----------+-------------+
 *                   |  the peer's close_notify, or the end of the socket's input
 *                   +------------------------------------------> read() returns -1
 * </pre>
 *
 * A lock guards the engine and the {@link TlsOutput}, as reading may have to write and
 * writing may have to answer (RFC 8446 §4.6.3). The lock costs little beside the engine's
 * own work. All other fields are used on the loop only. {@link TlsTasks} runs the
 * expensive parts of a handshake elsewhere.
 */
public final class TlsTransport implements Transport {

	private final SocketChannel channel;

	private final TlsOutput output;

	private final SSLEngine engine;

	private final TlsBuffers buffers;

	private final TlsTasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	/** Records that have been read but not decrypted; null if there are none. */
	private @Nullable ByteBuffer sealed;

	/** Set once: FINISHED seen, socket's input ended, close_notify received, sent. */
	private boolean shakenHands, socketEnded, peerEnded, weEnded;

	/** Whether the next record is incomplete. */
	private boolean starved;

	public TlsTransport(SocketChannel channel, SSLEngine engine, TlsBuffers buffers, TlsTasks tasks) {
		this.channel = channel;
		this.output = new TlsOutput(channel);
		this.engine = engine;
		this.buffers = buffers;
		this.tasks = tasks;
	}

	/**
	 * Begins behind a TLS handshake, as another server has used the engine so far.
	 * @param sealed records that have been read and not decrypted, of any length; null if
	 * there are none
	 * @return this transport
	 */
	public TlsTransport afterHandshake(@Nullable ByteBuffer sealed) {
		this.shakenHands = true;
		this.sealed = sealed;
		return this;
	}

	@Override
	public int read(ByteBuffer into, int most) throws IOException {
		this.lock.lock();
		try {
			if (isBusy()) {
				return 0;
			}
			this.tasks.check();
			ByteBuffer records = records(most);
			if (this.weEnded) {
				return hasEnded() ? -1 : 0; // all later input is discarded
			}
			int start = into.position();
			open(records, into);
			this.sealed = records.hasRemaining() ? ByteBuffer.allocate(records.remaining()).put(records).flip() : null;
			int count = into.position() - start;
			return (count == 0 && hasEnded()) ? -1 : count;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean hasEnded() {
		return !isBusy() && (this.peerEnded || this.socketEnded);
	}

	/**
	 * Returns the records that were left over, and behind them new ones from the socket.
	 * The socket is read only if no complete record is left over, so that a fast peer
	 * does not keep the loop from other connections.
	 * @param most how many bytes to read from the socket at most
	 */
	private ByteBuffer records(int most) throws IOException {
		boolean reads = !hasMore() && !this.socketEnded;
		ByteBuffer records = this.buffers.incoming().clear();
		ByteBuffer sealed = this.sealed;
		this.sealed = null;
		if (sealed != null && sealed.remaining() > records.remaining()) {
			return sealed; // from another server, which has read much at once
		}
		if (sealed != null) {
			records.put(sealed);
		}
		if (most < records.remaining()) {
			records.limit(records.position() + most);
		}
		if (reads && this.channel.read(records) < 0) {
			this.socketEnded = true;
		}
		return records.flip();
	}

	/**
	 * Decrypts records, and takes the steps of a handshake, until the engine needs more.
	 */
	private void open(ByteBuffer records, ByteBuffer into) throws IOException {
		this.starved = false;
		try {
			boolean more = true;
			while (more && !this.peerEnded) {
				more = switch (this.engine.getHandshakeStatus()) {
					case NEED_TASK -> {
						this.tasks.run(this.engine);
						yield false;
					}
					case NEED_WRAP -> sealHandshake();
					default -> records.hasRemaining() && openRecord(records, into);
				};
			}
		}
		catch (SSLException ex) {
			sendAlert();
			throw ex;
		}
		this.output.flush();
	}

	/** Decrypts one record; returns false if the record is incomplete or has no room. */
	private boolean openRecord(ByteBuffer records, ByteBuffer into) throws SSLException {
		SSLEngineResult result = this.engine.unwrap(records, into);
		noteHandshake(result);
		this.starved = result.getStatus() == Status.BUFFER_UNDERFLOW;
		this.peerEnded = this.engine.isInboundDone();
		return result.getStatus() == Status.OK;
	}

	/** Notes the end of a handshake, and refuses a renegotiation (TLS 1.2). */
	private void noteHandshake(SSLEngineResult result) throws SSLException {
		this.shakenHands |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
		if (this.shakenHands && TlsEngines.isRenegotiating(this.engine, result)) {
			throw new SSLException("renegotiation is refused");
		}
	}

	/** Encrypts one record that the engine itself sends; returns whether there is one. */
	private boolean sealHandshake() throws IOException {
		ByteBuffer records = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize());
		SSLEngineResult result = this.engine.wrap(ByteBuffer.allocate(0), records);
		this.shakenHands |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
		this.output.add(records.flip());
		return result.bytesProduced() > 0;
	}

	/** Sends the alert of a failed handshake, if the socket takes the alert at once. */
	private void sendAlert() throws IOException {
		if (this.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			sealHandshake();
			this.output.flush();
		}
	}

	@Override
	public int held() {
		return (this.sealed != null) ? this.sealed.capacity() : 0;
	}

	@Override
	public boolean hasMore() {
		return !isBusy() && !this.weEnded && (this.peerEnded || (this.sealed != null && !this.starved));
	}

	@Override
	public boolean isBusy() {
		return this.tasks.areRunning();
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		this.lock.lock();
		try {
			int start = from.position();
			while (from.hasRemaining() && this.output.flush()) {
				this.output.write(seal(from));
			}
			return from.position() - start;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Encrypts as many bytes as the buffer for records has room for. */
	private ByteBuffer seal(ByteBuffer from) throws SSLException {
		ByteBuffer records = this.buffers.outgoing(from.remaining(), this.engine.getSession().getPacketBufferSize());
		Status status = Status.OK;
		while (status == Status.OK && from.hasRemaining()) {
			SSLEngineResult result = this.engine.wrap(from, records);
			status = result.getStatus();
			if (status == Status.CLOSED || (status == Status.OK && result.bytesProduced() == 0)) {
				throw new SSLException("TLS has come to its end");
			}
		}
		return records.flip();
	}

	@Override
	public boolean flush() throws IOException {
		this.lock.lock();
		try {
			return this.output.flush();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isAnswering() throws IOException {
		return !flush();
	}

	/**
	 * {@inheritDoc} Sends close_notify first (RFC 8446 §6.1). Input that comes later is
	 * discarded.
	 */
	@Override
	public boolean endOutput() throws IOException {
		this.lock.lock();
		try {
			this.weEnded = true;
			this.sealed = null;
			sealCloseNotify();
			return this.output.end();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void sealCloseNotify() throws IOException {
		this.engine.closeOutbound();
		while (!this.engine.isOutboundDone() && sealHandshake()) {
			// until all records of the alert are there
		}
	}

	@Override
	public @Nullable Principal peer() {
		return TlsEngines.peer(this.engine);
	}

	/**
	 * Closes the socket. Sends close_notify first, if the socket takes it at once (RFC
	 * 8446 §6.1).
	 */
	@Override
	public void close() throws IOException {
		this.lock.lock();
		try {
			if (this.shakenHands && !this.weEnded && this.output.isEmpty()) {
				this.weEnded = true;
				sealCloseNotify();
				this.output.flush();
			}
		}
		finally {
			this.lock.unlock();
			this.channel.close();
		}
	}

}
