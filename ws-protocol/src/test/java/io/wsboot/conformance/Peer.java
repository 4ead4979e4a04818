package io.wsboot.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.wsboot.ClientBytes;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends what it is told to, and reads as strictly as RFC 6455 §5 lets it.
 * Every read fails after ten seconds.
 */
final class Peer implements AutoCloseable {

	private final Setting setting;

	private final Socket tcp = new Socket();

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	/** Null unless compression has been agreed on. */
	private @Nullable Inflation inflation;

	/** Null unless the response has come and has not been read. */
	private @Nullable Response awaited;

	Peer(Setting setting, int port) throws IOException {
		this.setting = setting;
		this.tcp.setTcpNoDelay(true);
		this.tcp.setSoTimeout(10_000);
		this.tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
		this.socket = setting.over(this.tcp);
		this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
		this.out = this.socket.getOutputStream();
	}

	/** With the handshake done. */
	static Peer open(Setting setting, int port) throws IOException {
		return open(setting, port, "");
	}

	/** With the handshake done, in which extensions are offered unless there are none. */
	static Peer open(Setting setting, int port, String extensions) throws IOException {
		Peer peer = new Peer(setting, port);
		String field = extensions.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extensions + "\r\n";
		peer.send(new ClientBytes().handshake(field).bytes(), Cut.WHOLE);
		peer.expectSwitch();
		assertThat(peer.inflation == null || !extensions.isEmpty()).as("answers an offer").isTrue();
		return peer;
	}

	void send(byte[] bytes, Cut cut) throws IOException {
		cut.send(bytes, this.out);
	}

	/** Waits for a response, which {@link #readResponse} returns then. */
	void awaitResponse() throws IOException {
		this.awaited = readResponse();
	}

	/**
	 * A response, whose content is read too, but for that of a web server. Other servers
	 * than ours may answer HTTP/1.0 in HTTP/1.0, and say that they go on.
	 */
	Response readResponse() throws IOException {
		Response response = this.awaited;
		this.awaited = null;
		if (response != null) {
			return response;
		}
		boolean webServer = this.setting.isBehindWebServer();
		String statusLine = readLine();
		assertThat(statusLine)
			.matches("HTTP/" + (webServer ? "\\d" : "1") + "\\." + (webServer ? "\\d" : "1") + " [1-5][0-9]{2} .*");
		Map<String, String> fields = new LinkedHashMap<>();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(": ");
			// Tomcat adds a field of its own.
			String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
			String before = fields.put(name, line.substring(colon + 2));
			if (!webServer || !name.equals("connection")) {
				assertThat(before).as("field that was there before %s", line).isNull();
			}
		}
		int length = webServer ? 0 : Integer.parseInt(fields.getOrDefault("content-length", "0"));
		byte[] body = this.in.readNBytes(length);
		int status = Integer.parseInt(statusLine.substring(9, 12));
		if (status == 101 && fields.containsKey("sec-websocket-extensions")) {
			this.inflation = new Inflation(fields.get("sec-websocket-extensions"));
		}
		return (webServer && status == 100) ? readResponse()
				: new Response(status, fields, new String(body, StandardCharsets.ISO_8859_1));
	}

	/** The 101 to {@link ClientBytes#handshake}. */
	Response expectSwitch() throws IOException {
		Response response = readResponse();
		assertThat(response.status).as("%s", response).isEqualTo(101);
		assertThat(response.fields).containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
			.containsEntry("upgrade", "websocket")
			.containsEntry("connection", "Upgrade");
		return response;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
			line.append((char) this.in.readUnsignedByte());
		}
		return line.substring(0, line.length() - 2);
	}

	/**
	 * The next message or control frame: {@code text}, {@code binary}, {@code ping},
	 * {@code pong} or {@code close}, and what it says; a message that comes compressed
	 * has {@code deflated} before that. A control frame between fragments comes out after
	 * their message.
	 */
	String readEvent() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int type = 0;
		boolean deflated = false;
		while (true) {
			int first = this.in.readUnsignedByte();
			int second = this.in.readUnsignedByte();
			boolean compressed = (first & 0x40) != 0;
			assertThat(compressed && (this.inflation == null || (first & 0xF) == 0 || (first & 8) != 0)).as("RSV1")
				.isFalse();
			assertThat(first & 0x30).as("reserved bits").isZero();
			assertThat(second).as("length without mask").isLessThan(0x80);
			long length = (second < 126) ? second : (second == 126) ? this.in.readUnsignedShort() : this.in.readLong();
			assertThat(length).as("length in its shortest form")
				.isGreaterThan((second < 126) ? -1 : (second == 126) ? 125 : 65535);
			byte[] payload = this.in.readNBytes(Math.toIntExact(length));
			int opcode = first & 0xF;
			if (opcode >= 8) {
				assertThat(type).as("this client does not expect control frames within messages").isZero();
				return control(opcode, payload);
			}
			assertThat(opcode == 0).as("continuation").isEqualTo(type != 0);
			type = (opcode == 0) ? type : opcode;
			deflated |= compressed;
			message.writeBytes(payload);
			if (first >= 0x80) {
				return (deflated ? "deflated " : "") + message(type, whole(deflated, message.toByteArray()));
			}
		}
	}

	private byte[] whole(boolean deflated, byte[] payload) {
		return (deflated && this.inflation != null) ? this.inflation.inflate(payload) : payload;
	}

	private static String message(int type, byte[] payload) {
		return (type == 1) ? "text " + new String(payload, StandardCharsets.UTF_8)
				: "binary " + HexFormat.of().formatHex(payload);
	}

	private static String control(int opcode, byte[] payload) {
		return switch (opcode) {
			case 8 -> "close" + ((payload.length == 0) ? "" : " " + ((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)));
			case 9 -> "ping " + HexFormat.of().formatHex(payload);
			case 10 -> "pong " + HexFormat.of().formatHex(payload);
			default -> throw new AssertionError("reserved opcode " + opcode);
		};
	}

	/** The server has ended its half, and nothing was left to read. */
	void expectEnd() throws IOException {
		assertThat(this.in.read()).as("byte instead of the end").isEqualTo(-1);
	}

	/** The server has gone, in order or not, and nothing was left to read. */
	void expectDrop() {
		try {
			expectEnd();
		}
		catch (java.net.SocketTimeoutException ex) {
			throw new AssertionError("the connection lives", ex);
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	/** The server goes, in order or not, whatever it says before. */
	void expectEndOfWhatever() {
		try {
			while (this.in.read() >= 0) {
				// on to the end
			}
		}
		catch (java.net.SocketTimeoutException ex) {
			throw new AssertionError("the connection lives", ex);
		}
		catch (IOException ex) {
			// reset
		}
	}

	void closeInOrder() throws IOException {
		send(new ClientBytes().close(1000, "").bytes(), Cut.WHOLE);
		assertThat(readEvent()).isEqualTo("close 1000");
		expectEnd();
	}

	void halfClose() throws IOException {
		this.setting.endOutput(this.tcp, this.socket);
	}

	/** Ends with RST. */
	void reset() throws IOException {
		this.tcp.setSoLinger(true, 0);
		this.tcp.close();
	}

	@Override
	public void close() throws IOException {
		if (this.inflation != null) {
			this.inflation.close();
		}
		this.socket.close();
	}

	/**
	 * An HTTP response.
	 *
	 * @param status its status
	 * @param fields its fields, names in lower case
	 * @param body its content
	 */
	record Response(int status, Map<String, String> fields, String body) {
	}

}
