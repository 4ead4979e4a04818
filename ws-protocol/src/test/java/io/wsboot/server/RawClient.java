package io.wsboot.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.wsboot.frame.FrameReader;
import io.wsboot.frame.FrameRules;
import io.wsboot.frame.FrameWriter;
import io.wsboot.frame.Opcode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends whatever bytes it is told to, and reads what comes back piece by
 * piece, as strictly as {@link FrameRules#CLIENT}. Every read fails after ten seconds.
 */
public final class RawClient implements AutoCloseable {

	static final int TEXT = 0x1;

	public static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	public static final int PONG = 0xA;

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final FrameWriter WRITER = new FrameWriter(FrameRules.CLIENT);

	/** With its answer from RFC 6455 §1.3. */
	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	/** Refuses what no server may send. */
	private final FrameReader reader = new FrameReader(FrameRules.CLIENT, true);

	/** Over a socket, whose bytes these streams may wrap into something else. */
	RawClient(Socket socket, InputStream in, OutputStream out) {
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(in));
		this.out = out;
	}

	/** Over a socket that is connected. */
	public static RawClient over(Socket socket) throws IOException {
		return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
	}

	/** A receive buffer of zero leaves its size to the operating system. */
	public static Socket socket(int port, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Connected, nothing sent. */
	public static RawClient connect(int port) {
		return connect(port, 0);
	}

	public static RawClient connect(int port, int receiveBuffer) {
		try {
			Socket socket = socket(port, receiveBuffer);
			return new RawClient(socket, socket.getInputStream(), socket.getOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** With the handshake done. */
	public static RawClient open(int port, String path) {
		return connect(port).handshake(path);
	}

	/** An opening handshake with more header lines. */
	public static String head(String path, String... lines) {
		StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
				+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n");
		for (String line : lines) {
			head.append(line).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	public RawClient handshake(String path, String... lines) {
		send(head(path, lines));
		expectSwitch();
		return this;
	}

	/** The 101 of a handshake that has been sent. */
	public Response expectSwitch() {
		Response response = readResponse();
		assertThat(response.status()).as("%s", response).isEqualTo(101);
		assertThat(response.headers()).containsEntry("sec-websocket-accept", ACCEPT)
			.containsEntry("upgrade", "websocket")
			.containsEntry("connection", "Upgrade");
		return response;
	}

	public int localPort() {
		return this.socket.getLocalPort();
	}

	public void send(String latin1) {
		send(latin1.getBytes(StandardCharsets.ISO_8859_1));
	}

	public void send(byte[]... parts) {
		byte[] bytes = join(parts);
		try {
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void sendText(String text) {
		send(frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8)));
	}

	public void sendBinary(byte... payload) {
		send(frame(0x80 | BINARY, payload));
	}

	public void sendPing(String payload) {
		send(frame(0x80 | PING, payload.getBytes(StandardCharsets.UTF_8)));
	}

	public void sendClose(int code) {
		send(closeFrame(code));
	}

	public static byte[] closeFrame(int code) {
		return frame(0x80 | CLOSE, new byte[] { (byte) (code >> 8), (byte) code });
	}

	public static byte[] textFrame(String text) {
		return frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	/** A masked frame with any first byte. */
	public static byte[] frame(int first, byte... payload) {
		ByteBuffer frame = ByteBuffer.allocate(WRITER.headerSize(payload.length) + payload.length);
		int key = WRITER.writeHeader(frame, Opcode.BINARY, true, false, payload.length);
		WRITER.writePayload(frame, ByteBuffer.wrap(payload), key);
		return frame.put(0, (byte) first).array();
	}

	public static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	public Response readResponse() {
		String[] statusLine = readLine().split(" ", 3);
		Map<String, String> headers = new LinkedHashMap<>();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
		return new Response(Integer.parseInt(statusLine[1]), headers,
				new String(readBytes(length), StandardCharsets.ISO_8859_1));
	}

	private String readLine() {
		StringBuilder line = new StringBuilder();
		while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
			line.append((char) (readBytes(1)[0] & 0xFF));
		}
		return line.substring(0, line.length() - 2);
	}

	public byte[] readBytes(int count) {
		try {
			byte[] bytes = new byte[count];
			this.in.readFully(bytes);
			return bytes;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Frame readFrame() {
		Frame frame = readAnyFrame();
		assertThat(frame.compressed()).as("RSV1").isFalse();
		return frame;
	}

	/** A frame that may begin a compressed message. */
	Frame readAnyFrame() {
		while (!this.reader.readHeader(littleEndian(readBytes(1)))) {
			// on to the end of the header
		}
		byte[] payload = new byte[Math.toIntExact(this.reader.remaining())];
		this.reader.readPayload(littleEndian(readBytes(payload.length)), payload, 0);
		return new Frame(this.reader.fin(), this.reader.compressed(), this.reader.opcode().code(), payload);
	}

	private static ByteBuffer littleEndian(byte[] bytes) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	/** A whole text message in one frame. */
	public String readText() {
		Frame frame = readFrame();
		assertThat(frame.opcode()).as("%s", frame).isEqualTo(TEXT);
		assertThat(frame.fin()).isTrue();
		return frame.text();
	}

	public void expectEcho(String text) {
		sendText(text);
		assertThat(readText()).isEqualTo(text);
	}

	/** A Close frame, which is answered. */
	public void expectClose(int code) {
		Frame frame = readFrame();
		assertThat(frame.opcode()).as("%s", frame).isEqualTo(CLOSE);
		assertThat(frame.closeCode()).as("%s", frame).isEqualTo(code);
	}

	/** Our closing handshake, up to the end of both halves. */
	public void closeInOrder() {
		sendClose(1000);
		expectClose(1000);
		expectEof();
		close();
	}

	/** The server has ended its half, and nothing was left to read. */
	public void expectEof() {
		try {
			assertThat(this.in.read()).as("byte instead of the end").isEqualTo(-1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The server is gone, in order or not. */
	public void expectEnd() {
		try {
			assertThat(this.in.read()).as("byte instead of the end").isEqualTo(-1);
		}
		catch (SocketTimeoutException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IOException ex) {
			// reset
		}
	}

	/** The server ends, in order or not, whatever it sends before. */
	public void expectEndOfWhatever() {
		try {
			while (this.in.read() >= 0) {
				// on to the end
			}
		}
		catch (SocketTimeoutException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IOException ex) {
			// reset
		}
	}

	/** Whether there is nothing to read at this moment. */
	boolean hasNothing() {
		try {
			return this.in.available() == 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads to the end, whatever comes. */
	public byte[] readAll() {
		try {
			return this.in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void halfClose() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends with RST. */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An HTTP response.
	 *
	 * @param status its status
	 * @param headers its fields, names in lower case
	 * @param body its content
	 */
	public record Response(int status, Map<String, String> headers, String body) {
	}

	/**
	 * A frame.
	 *
	 * @param fin the FIN bit
	 * @param compressed the RSV1 bit
	 * @param opcode the opcode
	 * @param payload the payload
	 */
	public record Frame(boolean fin, boolean compressed, int opcode, byte[] payload) {

		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		public int closeCode() {
			return ByteBuffer.wrap(this.payload).getShort() & 0xFFFF;
		}

		@Override
		public String toString() {
			return "Frame[fin=" + this.fin + ", opcode=" + this.opcode + ", payload of " + this.payload.length + ": "
					+ text().codePoints()
						.limit(80)
						.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
					+ "]";
		}

	}

}
