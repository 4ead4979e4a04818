package io.wsboot.spring.websocket;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client with a small window that reads only what a test tells it to read. */
final class SlowClient implements AutoCloseable {

	private final Socket socket = new Socket();

	private final DataInputStream in;

	SlowClient(int port, String path) throws IOException {
		this.socket.setReceiveBufferSize(4096);
		this.socket.setSoTimeout(20_000);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.in = new DataInputStream(this.socket.getInputStream());
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		String status = line();
		if (!status.startsWith("HTTP/1.1 101")) {
			throw new IOException(status);
		}
		while (!line().isEmpty()) {
			// the fields do not matter
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new IOException("end of stream behind " + line);
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	/** Sends a masked frame. */
	void send(int firstByte, byte[] payload) throws IOException {
		byte[] frame = new byte[6 + payload.length];
		frame[0] = (byte) firstByte;
		frame[1] = (byte) (0x80 | payload.length); // and a key of zeros
		System.arraycopy(payload, 0, frame, 6, payload.length);
		this.socket.getOutputStream().write(frame);
	}

	/** Reads a frame; returns its first byte's opcode. */
	int readFrame() throws IOException {
		int opcode = this.in.readUnsignedByte() & 0x0F;
		int length = this.in.readUnsignedByte();
		if (length == 126) {
			length = this.in.readUnsignedShort();
		}
		else if (length == 127) {
			length = (int) this.in.readLong();
		}
		byte[] payload = new byte[length];
		this.in.readFully(payload);
		return opcode;
	}

	/** Ends the connection with a reset. */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
