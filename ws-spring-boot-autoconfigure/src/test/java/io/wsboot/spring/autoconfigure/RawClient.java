package io.wsboot.spring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.wsboot.frame.FrameReader;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sees single frames (RFC 6455 §5.2).
 */
final class RawClient implements AutoCloseable {

	private static final FrameWriter WRITER = new FrameWriter(FrameRules.CLIENT);

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private RawClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
	}

	static RawClient connect(int port, String path, String... headers) throws IOException {
		RawClient client = tcp(port);
		assertThat(client.handshake(path, headers)).startsWith("HTTP/1.1 101 ");
		return client;
	}

	static RawClient tcp(int port) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(10_000);
		return new RawClient(socket);
	}

	/** Sends an opening handshake; the head of the response. */
	String handshake(String path, String... headers) throws IOException {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
		request.append("Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
		request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		this.out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
			head.write(this.in.readUnsignedByte());
		}
		return head.toString(StandardCharsets.US_ASCII);
	}

	/** Sends one masked frame whose payload is zeros. */
	void send(int firstByte, int zeros) throws IOException {
		send(firstByte, ByteBuffer.allocate(zeros));
	}

	private void send(int firstByte, ByteBuffer payload) throws IOException {
		int length = payload.remaining();
		ByteBuffer frame = ByteBuffer.allocate(WRITER.headerSize(length) + length);
		WRITER.writePayload(frame, payload, WRITER.writeHeader(frame, Opcode.BINARY, true, false, length));
		this.out.write(frame.put(0, (byte) firstByte).array());
	}

	/** Sends a Close frame. */
	void sendClose(int code, String reason) throws IOException {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		send(0x88, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).flip());
	}

	Frame read() throws IOException {
		FrameReader reader = new FrameReader(FrameRules.CLIENT, true);
		int first = this.in.readUnsignedByte();
		reader.readHeader(ByteBuffer.allocate(1).put((byte) first).flip());
		while (!reader.readHeader(ByteBuffer.wrap(new byte[] { this.in.readByte() }))) {
			// on to the end of the header
		}
		byte[] payload = new byte[Math.toIntExact(reader.remaining())];
		this.in.readFully(payload);
		return new Frame(first, payload);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A frame of the server, which is not masked.
	 *
	 * @param first FIN, reserved bits and opcode
	 * @param payload the payload
	 */
	record Frame(int first, byte[] payload) {

		int closeCode() {
			assertThat(this.first).isEqualTo(0x88);
			return (this.payload[0] & 0xFF) << 8 | (this.payload[1] & 0xFF);
		}

	}

}
