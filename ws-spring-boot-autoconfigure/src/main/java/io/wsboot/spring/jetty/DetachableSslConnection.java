package io.wsboot.spring.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;

/**
 * A TLS connection of Jetty's from which the engine and the socket can be taken, or that
 * tells what it holds. Jetty shows nobody the records that it has read and not decrypted,
 * nor the bytes that it has decrypted and not handed on, but for those who see the calls
 * of the engine.
 */
final class DetachableSslConnection extends SslConnection {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** Whether the socket is no longer read. */
	private boolean detaching;

	private ByteBuffer sealed = NOTHING;

	/**
	 * Bytes of memory of Jetty's buffers, as seen by the last {@link #unwrap}: of the one
	 * for records, 0 if it is empty, and of the one for decrypted bytes. Jetty's lock
	 * guards the writes, any thread reads.
	 */
	private volatile int recordBuffer, openedBuffer;

	/** How many decrypted bytes have not been handed on. Any thread. */
	private final AtomicInteger opened = new AtomicInteger();

	DetachableSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine, SslConnectionFactory factory) {
		super(connector.getByteBufferPool(), connector.getExecutor(), factory.getSslContextFactory(), endPoint, engine,
				factory.isDirectBuffersForEncryption(), factory.isDirectBuffersForDecryption());
	}

	@Override
	protected SslEndPoint newSslEndPoint() {
		return new SslEndPoint() {

			@Override
			public int fill(ByteBuffer buffer) throws IOException {
				int count = super.fill(buffer);
				if (count > 0) {
					DetachableSslConnection.this.opened.addAndGet(-count);
				}
				return count;
			}

		};
	}

	/**
	 * Tells how much memory holds bytes that have come and have not been handed on. Jetty
	 * gives its buffers back as soon as they are empty, and reads nothing that nobody
	 * asks for.
	 * @return bytes: the buffer of the records, of which one may have come in part, and
	 * that of the decrypted bytes. Any thread may call this method
	 */
	int held() {
		return this.recordBuffer + ((this.opened.get() > 0) ? this.openedBuffer : 0);
	}

	/**
	 * Stops to read the socket, and returns what has been read.
	 * @return the input; bounded, as Jetty reads one record at most before it decrypts
	 * @throws IOException if the input is broken, or if the engine's answer to the input
	 * does not fit into the socket's buffer
	 */
	Input detach() throws IOException {
		this.detaching = true;
		ByteArrayOutputStream opened = new ByteArrayOutputStream();
		ByteBuffer some = BufferUtil.allocate(1024);
		while (getSslEndPoint().fill(some) > 0) {
			opened.write(some.array(), some.arrayOffset() + some.position(), some.remaining());
			BufferUtil.clear(some);
		}
		if (isHandshaking() || !getSslEndPoint().flush(BufferUtil.EMPTY_BUFFER)) {
			throw new SSLException("TLS is in the middle of a handshake");
		}
		return new Input(this.sealed, ByteBuffer.wrap(opened.toByteArray()));
	}

	private boolean isHandshaking() {
		return getSSLEngine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
				&& !getSSLEngine().isInboundDone();
	}

	@Override
	protected int networkFill(ByteBuffer input) throws IOException {
		return this.detaching ? 0 : super.networkFill(input);
	}

	@Override
	protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
		SSLEngineResult result = super.unwrap(engine, input, output);
		this.recordBuffer = input.hasRemaining() ? input.capacity() : 0;
		if (result.bytesProduced() > 0) {
			this.openedBuffer = output.capacity();
			this.opened.addAndGet(result.bytesProduced());
		}
		if (this.detaching) {
			this.sealed = input.hasRemaining() ? ByteBuffer.allocate(input.remaining()).put(input.duplicate()).flip()
					: NOTHING;
		}
		return result;
	}

	/**
	 * What has been read from a socket.
	 *
	 * @param sealed the records that have not been decrypted: at most a part of one
	 * @param opened the bytes that have been decrypted
	 */
	record Input(ByteBuffer sealed, ByteBuffer opened) {
	}

	/** Makes connections as the factory would for which this one stands in. */
	static final class Factory extends SslConnectionFactory {

		private Factory(SslConnectionFactory factory) {
			super(factory.getSslContextFactory(), factory.getNextProtocol());
			setDirectBuffersForEncryption(factory.isDirectBuffersForEncryption());
			setDirectBuffersForDecryption(factory.isDirectBuffersForDecryption());
			setEnsureSecureRequestCustomizer(factory.isEnsureSecureRequestCustomizer());
			setInputBufferSize(factory.getInputBufferSize());
			factory.getEventListeners().forEach(this::addEventListener);
			factory.getBeans(SslHandshakeListener.class).forEach(this::addBean);
		}

		/**
		 * Returns a factory of detachable connections.
		 * @param factory a factory of Jetty's own
		 * @return the factory
		 */
		static Factory like(SslConnectionFactory factory) {
			return new Factory(factory);
		}

		@Override
		protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
			return new DetachableSslConnection(connector, endPoint, engine, this);
		}

	}

}
