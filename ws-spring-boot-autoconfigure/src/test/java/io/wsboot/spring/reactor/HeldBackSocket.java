package io.wsboot.spring.reactor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A socket whose output can be held back, to be sent in other pieces. */
final class HeldBackSocket extends Socket {

	private final ByteArrayOutputStream held = new ByteArrayOutputStream();

	private boolean holding;

	HeldBackSocket(int port) throws IOException {
		super(InetAddress.getLoopbackAddress(), port);
		setTcpNoDelay(true);
	}

	void hold() {
		this.holding = true;
	}

	/** Sends what is held, but for some bytes at the end. */
	void release(int butForTheLast) throws IOException {
		byte[] bytes = this.held.toByteArray();
		this.held.reset();
		super.getOutputStream().write(bytes, 0, bytes.length - butForTheLast);
		this.held.write(bytes, bytes.length - butForTheLast, butForTheLast);
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		OutputStream network = super.getOutputStream();
		return new OutputStream() {

			@Override
			public void write(int octet) throws IOException {
				write(new byte[] { (byte) octet }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int from, int length) throws IOException {
				(HeldBackSocket.this.holding ? HeldBackSocket.this.held : network).write(bytes, from, length);
			}

		};
	}

}
