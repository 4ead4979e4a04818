package io.wsboot.spring.reactor;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLSocket;

import io.wsboot.frame.FrameReader;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;
import io.wsboot.spring.autoconfigure.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that decides what goes into one packet. */
public final class FrameClient implements Closeable {

	private static final FrameWriter WRITER = new FrameWriter(FrameRules.CLIENT);

	final Socket socket;

	final DataInputStream in;

	private FrameClient(Socket socket) throws IOException {
		this.socket = socket;
		socket.setSoTimeout(20_000);
		socket.setTcpNoDelay(true);
		this.in = new DataInputStream(socket.getInputStream());
	}

	public static FrameClient tcp(int port, boolean tls) throws IOException {
		if (!tls) {
			return new FrameClient(new Socket(InetAddress.getLoopbackAddress(), port));
		}
		return new FrameClient(TestCertificate.onlyTrusting(NettyApp.CERTIFICATE)
			.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), port));
	}

	/** A client inside TLS on a socket that has been connected. */
	static FrameClient tls(Socket connected) throws IOException {
		SSLSocket socket = (SSLSocket) TestCertificate.onlyTrusting(NettyApp.CERTIFICATE)
			.getSocketFactory()
			.createSocket(connected, "localhost", connected.getPort(), true);
		socket.startHandshake();
		return new FrameClient(socket);
	}

	static byte[] request(String path, String... fields) {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		request.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
		request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n");
		for (String field : fields) {
			request.append(field).append("\r\n");
		}
		return bytes(request.append("\r\n").toString());
	}

	static byte[] get(String path) {
		return bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	static byte[] text(String text) {
		return frame(0x81, bytes(text));
	}

	static byte[] frame(int first, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(WRITER.headerSize(payload.length) + payload.length);
		WRITER.writePayload(frame, ByteBuffer.wrap(payload),
				WRITER.writeHeader(frame, Opcode.BINARY, true, false, payload.length));
		return frame.put(0, (byte) first).array();
	}

	static byte[] joined(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	FrameClient send(byte[]... parts) throws IOException {
		this.socket.getOutputStream().write(joined(parts));
		return this;
	}

	/** The head of the next response. */
	String head() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
			head.write(this.in.readUnsignedByte());
		}
		return head.toString(StandardCharsets.US_ASCII);
	}

	/** Reads a response whose head tells the length of the content. */
	String response() throws IOException {
		String head = head();
		int at = head.toLowerCase().indexOf("content-length: ");
		assertThat(at).isPositive();
		int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
		return head + new String(this.in.readNBytes(length), StandardCharsets.UTF_8);
	}

	public FrameClient open(String path, String... fields) throws IOException {
		send(request(path, fields));
		assertThat(head()).startsWith("HTTP/1.1 101 ");
		return this;
	}

	public byte[] read(int first) throws IOException {
		FrameReader reader = new FrameReader(FrameRules.CLIENT, true);
		byte octet = this.in.readByte();
		reader.readHeader(ByteBuffer.allocate(1).put(octet).flip());
		while (!reader.readHeader(ByteBuffer.wrap(new byte[] { this.in.readByte() }))) {
			// on to the end of the header
		}
		assertThat(octet & 0xFF).isEqualTo(first);
		return this.in.readNBytes(Math.toIntExact(reader.remaining()));
	}

	String readText() throws IOException {
		return new String(read(0x81), StandardCharsets.UTF_8);
	}

	int readClose() throws IOException {
		byte[] payload = read(0x88);
		return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
	}

	void closeInOrder() throws IOException {
		send(frame(0x88, new byte[] { 0x03, (byte) 0xE8 }));
		assertThat(readClose()).isEqualTo(1000);
		assertThat(this.in.read()).isEqualTo(-1);
		close();
	}

	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
