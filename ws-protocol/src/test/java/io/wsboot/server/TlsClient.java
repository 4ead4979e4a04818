package io.wsboot.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A client whose TLS records can be held back, joined and cut as a test likes. An end
 * without close_notify is an error.
 */
public final class TlsClient {

	private final Socket socket;

	private final SSLEngine engine;

	private final ByteBuffer records = ByteBuffer.allocate(64 * 1024).flip();

	private final ByteBuffer opened = ByteBuffer.allocate(64 * 1024).flip();

	private boolean shakenHands;

	private TlsClient(Socket socket, SSLEngine engine) {
		this.socket = socket;
		this.engine = engine;
		engine.setUseClientMode(true);
	}

	/** Connected, nothing sent. */
	public static TlsClient connect(int port, SSLEngine engine) {
		return connect(port, engine, 0);
	}

	static TlsClient connect(int port, SSLEngine engine, int receiveBuffer) {
		return new TlsClient(RawClient.socket(port, receiveBuffer), engine);
	}

	/** Over a socket that is connected. */
	static TlsClient over(Socket socket, SSLEngine engine) {
		return new TlsClient(socket, engine);
	}

	SSLEngine engine() {
		return this.engine;
	}

	/** The client that speaks through this one. */
	public RawClient raw() {
		return new RawClient(this.socket, new Opened(), new Sealing());
	}

	/** What is really on the wire. */
	public RawClient plain() {
		try {
			return new RawClient(this.socket, this.socket.getInputStream(), this.socket.getOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** How bytes are put on the wire. */
	@FunctionalInterface
	interface Cutting {

		void send(OutputStream out, byte[] bytes) throws IOException;

	}

	public TlsClient shakeHands() {
		send(shakeHands(OutputStream::write));
		return this;
	}

	/**
	 * Shakes hands.
	 * @return our last flight, which has not been sent
	 */
	byte[] shakeHands(Cutting cutting) {
		try {
			this.engine.beginHandshake();
			byte[] last = handshake(cutting);
			this.shakenHands = true;
			return last;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] handshake(Cutting cutting) throws IOException {
		ByteArrayOutputStream flight = new ByteArrayOutputStream();
		while (true) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_TASK -> this.engine.getDelegatedTask().run();
				case NEED_WRAP -> flight.writeBytes(seal(ByteBuffer.allocate(0)));
				case NEED_UNWRAP -> {
					if (flight.size() > 0) {
						cutting.send(this.socket.getOutputStream(), flight.toByteArray());
						flight.reset();
					}
					if (!open()) {
						receive();
					}
				}
				default -> {
					return flight.toByteArray();
				}
			}
		}
	}

	/** The records that say something. */
	public byte[] seal(byte[] bytes) {
		try {
			return seal(ByteBuffer.wrap(bytes));
		}
		catch (SSLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Each byte in a record of its own. */
	byte[] sealEachByte(byte[] bytes) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte each : bytes) {
			all.writeBytes(seal(new byte[] { each }));
		}
		return all.toByteArray();
	}

	private byte[] seal(ByteBuffer bytes) throws SSLException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		do {
			ByteBuffer record = ByteBuffer.allocate(this.engine.getSession().getPacketBufferSize());
			this.engine.wrap(bytes, record);
			all.write(record.array(), 0, record.position());
		}
		while (bytes.hasRemaining());
		return all.toByteArray();
	}

	/** Puts records on the wire. */
	public void send(byte[] records) {
		send(records, OutputStream::write);
	}

	void send(byte[] records, Cutting cutting) {
		try {
			cutting.send(this.socket.getOutputStream(), records);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * In TLS 1.3 new keys, which the server has to change too; in TLS 1.2 a handshake.
	 */
	public byte[] startAgain() {
		try {
			this.engine.beginHandshake();
			return seal(ByteBuffer.allocate(0));
		}
		catch (SSLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void sendCloseNotify() {
		this.engine.closeOutbound();
		send(seal(new byte[0]));
	}

	/** Opens one record; false if it is not all there. */
	private boolean open() throws IOException {
		this.opened.compact();
		Status status = this.engine.unwrap(this.records, this.opened).getStatus();
		this.opened.flip();
		if (this.shakenHands && !this.engine.isInboundDone()
				&& this.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			this.socket.getOutputStream().write(seal(ByteBuffer.allocate(0)));
		}
		return status != Status.BUFFER_UNDERFLOW;
	}

	private void receive() throws IOException {
		this.records.compact();
		int count = this.socket.getInputStream()
			.read(this.records.array(), this.records.position(), this.records.remaining());
		this.records.position(this.records.position() + Math.max(0, count)).flip();
		if (count < 0) {
			throw new EOFException("the end came without close_notify");
		}
	}

	private final class Opened extends InputStream {

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] into, int offset, int length) throws IOException {
			while (!TlsClient.this.opened.hasRemaining()) {
				if (TlsClient.this.engine.isInboundDone()) {
					return -1;
				}
				if (!TlsClient.this.records.hasRemaining() || !open()) {
					receive();
				}
			}
			int count = Math.min(length, TlsClient.this.opened.remaining());
			TlsClient.this.opened.get(into, offset, count);
			return count;
		}

		@Override
		public int available() throws IOException {
			while (!TlsClient.this.opened.hasRemaining() && !TlsClient.this.engine.isInboundDone()) {
				if (TlsClient.this.records.hasRemaining() && open()) {
					continue;
				}
				if (TlsClient.this.socket.getInputStream().available() == 0) {
					break;
				}
				receive();
			}
			return TlsClient.this.opened.remaining();
		}

	}

	private final class Sealing extends OutputStream {

		@Override
		public void write(int one) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			TlsClient.this.socket.getOutputStream().write(seal(ByteBuffer.wrap(bytes, offset, length)));
		}

	}

}
