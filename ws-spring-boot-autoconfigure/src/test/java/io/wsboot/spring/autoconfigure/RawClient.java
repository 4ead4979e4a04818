package io.wsboot.spring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sees single frames (RFC 6455 §5.2).
 */
final class RawClient implements AutoCloseable {

	private final Socket socket;

	private final DataInputStream in;

	private final DataOutputStream out;

	private RawClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(socket.getInputStream());
		this.out = new DataOutputStream(socket.getOutputStream());
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

	/** Sends one masked frame whose payload is zeros, as its mask is too. */
	void send(int firstByte, int zeros) throws IOException {
		this.out.writeByte(firstByte);
		if (zeros < 126) {
			this.out.writeByte(0x80 | zeros);
		}
		else if (zeros < 65536) {
			this.out.writeByte(0x80 | 126);
			this.out.writeShort(zeros);
		}
		else {
			this.out.writeByte(0x80 | 127);
			this.out.writeLong(zeros);
		}
		this.out.writeInt(0);
		this.out.write(new byte[zeros]);
		this.out.flush();
	}

	/** Sends a Close frame. */
	void sendClose(int code, String reason) throws IOException {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(8 + text.length);
		frame.put((byte) 0x88).put((byte) (0x80 | (2 + text.length))).putInt(0).putShort((short) code).put(text);
		this.out.write(frame.array());
	}

	Frame read() throws IOException {
		int first = this.in.readUnsignedByte();
		int length = this.in.readUnsignedByte();
		if (length == 126) {
			length = this.in.readUnsignedShort();
		}
		else if (length == 127) {
			length = Math.toIntExact(this.in.readLong());
		}
		byte[] payload = new byte[length];
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
