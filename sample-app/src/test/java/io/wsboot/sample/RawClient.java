package io.wsboot.sample;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client that is a socket and nothing else, so that a test can hold a
 * thousand of them.
 */
final class RawClient implements AutoCloseable {

	private static final int CLOSE = 0x88;

	private static final int PATIENCE_MILLIS = 30_000;

	private final Socket socket = new Socket();

	private final DataInputStream input;

	/**
	 * Connects and shakes hands.
	 * @param port the port
	 * @param path the endpoint's path
	 */
	RawClient(int port, String path) throws IOException {
		this.socket.connect(new InetSocketAddress("localhost", port), PATIENCE_MILLIS);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
					+ "Sec-WebSocket-Version: 13\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		this.input = new DataInputStream(this.socket.getInputStream());
		String head = readHead();
		if (!head.startsWith("HTTP/1.1 101 ")) {
			throw new IOException(head);
		}
	}

	/**
	 * Reads up to the server's Close frame, answers it, and reads to the end of the
	 * stream.
	 * @return the code of the frame
	 */
	int awaitClose() throws IOException {
		int opcode;
		byte[] payload;
		do {
			opcode = this.input.readUnsignedByte();
			payload = new byte[this.input.readUnsignedByte()]; // short, and never masked
			this.input.readFully(payload);
		}
		while (opcode != CLOSE);
		this.socket.getOutputStream()
			.write(new byte[] { (byte) CLOSE, (byte) 0x82, 0, 0, 0, 0, payload[0], payload[1] });
		if (this.input.read() >= 0) {
			throw new IOException("bytes behind the Close frame");
		}
		return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = this.input.read();
			if (next < 0) {
				throw new EOFException(head.toString());
			}
			head.append((char) next);
		}
		return head.toString();
	}

}
