package io.wsboot.server;

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
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * Bytes inside TLS 1.2 or 1.3. What takes long in a handshake runs elsewhere. Between
 * records it holds no buffer. A lock keeps the two directions apart, as either may have
 * to answer for the other (RFC 8446 §4.6.3); the engine's own work is so much more that
 * it does not count.
 */
final class TlsTransport implements Transport {

	private static final String TLS_1_2 = "TLSv1.2";

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final TlsBuffers buffers;

	private final TlsTasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	/** Records that have been read but not opened; null if there are none. */
	private @Nullable ByteBuffer sealed;

	/** Records that the socket has not taken; null if there are none. */
	private @Nullable ByteBuffer unsent;

	private boolean shakenHands;

	private boolean socketEnded;

	private boolean peerEnded;

	private boolean weEnded;

	/** Whether the next record is not all there. */
	private boolean starved;

	TlsTransport(SocketChannel channel, SSLEngine engine, TlsBuffers buffers, TlsTasks tasks) {
		this.channel = channel;
		this.engine = engine;
		this.buffers = buffers;
		this.tasks = tasks;
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		this.lock.lock();
		try {
			if (isBusy()) {
				return 0;
			}
			ByteBuffer records = readRecords();
			if (this.weEnded) {
				return this.socketEnded ? -1 : 0; // what comes now is not looked at, see
													// endOutput
			}
			int start = into.position();
			open(records, into);
			this.sealed = records.hasRemaining() ? copy(records) : null;
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

	/** What was left over, and what is new. */
	private ByteBuffer readRecords() throws IOException {
		ByteBuffer records = this.buffers.incoming().clear();
		if (this.sealed != null) {
			records.put(this.sealed);
			this.sealed = null;
		}
		if (!this.socketEnded && records.hasRemaining() && this.channel.read(records) < 0) {
			this.socketEnded = true;
		}
		return records.flip();
	}

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
					case NEED_WRAP -> {
						sealHandshake();
						yield true;
					}
					default -> records.hasRemaining() && openRecord(records, into);
				};
			}
		}
		catch (SSLException ex) {
			sendAlert();
			throw ex;
		}
		flush();
	}

	/** Opens one record; false if it is not all there, or there is no room. */
	private boolean openRecord(ByteBuffer records, ByteBuffer into) throws SSLException {
		SSLEngineResult result = this.engine.unwrap(records, into);
		noteHandshake(result);
		this.starved = result.getStatus() == Status.BUFFER_UNDERFLOW;
		this.peerEnded = this.engine.isInboundDone();
		return result.getStatus() == Status.OK;
	}

	private void noteHandshake(SSLEngineResult result) throws SSLException {
		if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
			this.shakenHands = true;
		}
		else if (this.shakenHands && result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
				&& TLS_1_2.equals(this.engine.getSession().getProtocol()) && !this.engine.isInboundDone()) {
			throw new SSLException("renegotiation is refused");
		}
	}

	private void sealHandshake() throws IOException {
		ByteBuffer records = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize());
		noteHandshake(this.engine.wrap(ByteBuffer.allocate(0), records));
		keep(records.flip());
	}

	/** Says why the peer is about to be dropped, if it can be said at once. */
	private void sendAlert() throws IOException {
		if (this.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			sealHandshake();
			flush();
		}
	}

	@Override
	public boolean hasMore() {
		return this.sealed != null && !this.starved && !isBusy();
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
			while (from.hasRemaining() && flush()) {
				sealAndSend(from);
			}
			return from.position() - start;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void sealAndSend(ByteBuffer from) throws IOException {
		ByteBuffer records = this.buffers.outgoing().clear();
		Status status = Status.OK;
		while (status == Status.OK && from.hasRemaining()) {
			status = this.engine.wrap(from, records).getStatus();
		}
		if (status == Status.CLOSED) {
			throw new SSLException("TLS has been closed");
		}
		this.channel.write(records.flip());
		keep(records);
	}

	/** Keeps what the socket has not taken. */
	private void keep(ByteBuffer records) {
		if (!records.hasRemaining()) {
			return;
		}
		ByteBuffer before = this.unsent;
		if (before == null) {
			this.unsent = copy(records);
		}
		else {
			this.unsent = ByteBuffer.allocate(before.remaining() + records.remaining()).put(before).put(records).flip();
		}
	}

	@Override
	public boolean flush() throws IOException {
		this.lock.lock();
		try {
			if (this.unsent != null) {
				this.channel.write(this.unsent);
				if (this.unsent.hasRemaining()) {
					return false;
				}
				this.unsent = null;
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends close_notify (RFC 8446 §6.1); what the peer may still send is thrown away
	 * unread.
	 */
	@Override
	public void endOutput() throws IOException {
		this.lock.lock();
		try {
			this.weEnded = true;
			this.engine.closeOutbound();
			while (this.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !this.engine.isOutboundDone()) {
				sealHandshake();
			}
			flush();
			this.channel.shutdownOutput();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable Principal peer() {
		try {
			return this.engine.getSession().getPeerPrincipal();
		}
		catch (SSLPeerUnverifiedException ex) {
			return null; // it was not asked, or had none to show
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static ByteBuffer copy(ByteBuffer bytes) {
		return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
	}

}
