package io.wsboot.spring.tomcat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLException;

import io.wsboot.ClientBytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A client that sends whatever bytes it is told to. Every read fails after ten seconds.
 */
final class Client implements AutoCloseable {

	private final Socket tcp;

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private Client(SharedTomcat server, InetSocketAddress address) throws IOException {
		this.tcp = new Socket();
		this.tcp.setReceiveBufferSize(64 * 1024);
		this.tcp.connect(address, 10_000);
		this.tcp.setTcpNoDelay(true);
		this.tcp.setSoTimeout(10_000);
		this.socket = server.way.tls ? SharedTomcat.CLIENT_TLS.getSocketFactory()
			.createSocket(this.tcp, "localhost", address.getPort(), true) : this.tcp;
		this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
		this.out = this.socket.getOutputStream();
	}

	/** Nothing sent, not even TLS. */
	static Client connect(SharedTomcat server) throws IOException {
		return new Client(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
	}

	/** With the handshake done. */
	static Client open(SharedTomcat server) throws IOException {
		return open(server, "/echo");
	}

	static Client open(SharedTomcat server, String path) throws IOException {
		return connect(server).upgrade(path);
	}

	/** With the handshake done, at another address than that of the server. */
	static Client open(SharedTomcat server, InetSocketAddress address) throws IOException {
		return new Client(server, address).upgrade("/echo");
	}

	private Client upgrade(String path) throws IOException {
		send(handshake(path));
		expectSwitch();
		return this;
	}

	static ClientBytes handshake(String path) {
		return new ClientBytes().ascii("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Version: 13\r\n\r\n");
	}

	Client send(ClientBytes bytes) throws IOException {
		this.out.write(bytes.bytes());
		this.out.flush();
		return this;
	}

	/** The head of a response. */
	String readHead() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
			head.write(this.in.readUnsignedByte());
		}
		return head.toString(StandardCharsets.US_ASCII);
	}

	void expectSwitch() throws IOException {
		assertThat(readHead()).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	}

	/** A plain request on the connection, which is kept. */
	void expectHello(String path) throws IOException {
		send(new ClientBytes().ascii("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		assertThat(readHead()).startsWith("HTTP/1.1 200 ");
		assertThat(new String(this.in.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("hello");
	}

	void expectEcho(String text) throws IOException {
		send(new ClientBytes().text(text));
		expectText(text);
	}

	void expectText(String text) throws IOException {
		assertThat(readText()).isEqualTo(text);
	}

	/** A text message, perhaps in fragments. */
	String readText() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int first = this.in.readUnsignedByte();
		assertThat(first & 0x7F).isEqualTo(1);
		message.writeBytes(readPayload());
		while (first < 0x80) {
			first = this.in.readUnsignedByte();
			assertThat(first & 0x7F).isZero();
			message.writeBytes(readPayload());
		}
		return message.toString(StandardCharsets.UTF_8);
	}

	private byte[] readPayload() throws IOException {
		int length = this.in.readUnsignedByte();
		long whole = (length < 126) ? length : (length == 126) ? this.in.readUnsignedShort() : this.in.readLong();
		return this.in.readNBytes(Math.toIntExact(whole));
	}

	void expectClose(int code) throws IOException {
		assertThat(this.in.readUnsignedByte()).isEqualTo(0x88);
		byte[] payload = readPayload();
		assertThat((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)).isEqualTo(code);
	}

	void expectEnd() throws IOException {
		assertThat(this.in.read()).isEqualTo(-1);
	}

	/** The connection ends without a Close frame, in order or by a reset. */
	void expectCut() {
		assertThatThrownBy(this.in::readByte).isInstanceOfAny(EOFException.class, SocketException.class,
				SSLException.class);
	}

	/** The connection ends, whatever comes before. */
	void expectEndOrCut() {
		assertThatThrownBy(() -> {
			while (true) {
				this.in.readByte();
			}
		}).isInstanceOfAny(EOFException.class, SocketException.class, SSLException.class);
	}

	/** The connection ends behind the head of a response, or before. */
	void expectCutBehindHead() {
		assertThatThrownBy(() -> {
			readHead();
			this.in.readByte();
		}).isInstanceOfAny(EOFException.class, SocketException.class, SSLException.class);
	}

	/** The closing handshake (RFC 6455 §7.1.1: the server closes first). */
	void closeInOrder() throws IOException {
		send(new ClientBytes().close(1000, ""));
		expectClose(1000);
		expectEnd();
		close();
	}

	/** Ends the connection with a RST. */
	void reset() throws IOException {
		this.tcp.setSoLinger(true, 0);
		this.tcp.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
