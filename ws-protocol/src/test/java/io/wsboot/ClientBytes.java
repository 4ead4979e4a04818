package io.wsboot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a client sends, written byte by byte: proper frames, and improper ones too. Every
 * frame has another masking key. Shares no code with the server.
 */
public final class ClientBytes {

	/** The first byte of a frame that is a whole message, or of its last fragment. */
	public static final int FIN = 0x80;

	public static final int CONTINUATION = 0x0;

	public static final int TEXT = 0x1;

	public static final int BINARY = 0x2;

	public static final int CLOSE = 0x8;

	public static final int PING = 0x9;

	public static final int PONG = 0xA;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	/** The key of the example in RFC 6455 §5.7. */
	private int key = 0x37FA213D;

	/** A proper opening handshake for {@code /echo}. */
	public ClientBytes handshake() {
		return handshake("");
	}

	/** A proper opening handshake with more header lines, each with its CRLF. */
	public ClientBytes handshake(String moreLines) {
		return ascii("GET /echo HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + moreLines + "\r\n");
	}

	public ClientBytes ascii(String text) {
		return raw(text.getBytes(StandardCharsets.US_ASCII));
	}

	public ClientBytes hex(String bytes) {
		return raw(HexFormat.of().parseHex(bytes.replace(" ", "")));
	}

	public ClientBytes raw(byte... bytes) {
		this.out.writeBytes(bytes);
		return this;
	}

	public ClientBytes text(String text) {
		return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	public ClientBytes binary(byte... payload) {
		return frame(FIN | BINARY, payload);
	}

	public ClientBytes ping(byte... payload) {
		return frame(FIN | PING, payload);
	}

	public ClientBytes pong(byte... payload) {
		return frame(FIN | PONG, payload);
	}

	/** A Close frame without a code. */
	public ClientBytes close() {
		return frame(FIN | CLOSE);
	}

	public ClientBytes close(int code, String reason) {
		return frame(FIN | CLOSE, closePayload(code, reason.getBytes(StandardCharsets.UTF_8)));
	}

	public static byte[] closePayload(int code, byte... reason) {
		return ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array();
	}

	/**
	 * A frame with its length in the shortest form.
	 * @param first the first byte: FIN, reserved bits and opcode
	 * @param payload the payload as it was before masking
	 */
	public ClientBytes frame(int first, byte... payload) {
		return declaring(first, payload.length, payload);
	}

	/** The same with the payload in hexadecimal. */
	public ClientBytes frame(int first, String payload) {
		return frame(first, HexFormat.of().parseHex(payload.replace(" ", "")));
	}

	/** A frame that declares another length than its payload here has. */
	public ClientBytes declaring(int first, long length, byte... payload) {
		int bits = (length < 126) ? 7 : (length <= 0xFFFF) ? 16 : 64;
		return header(first, true, bits, length).masked(payload);
	}

	/**
	 * A frame with its length in a form of choice.
	 * @param bits 7, 16 or 64
	 */
	public ClientBytes withLengthOf(int bits, int first, byte... payload) {
		return header(first, true, bits, payload.length).masked(payload);
	}

	/** A frame as only servers may send it. */
	public ClientBytes unmasked(int first, byte... payload) {
		return header(first, false, (payload.length < 126) ? 7 : 16, payload.length).raw(payload);
	}

	private ClientBytes header(int first, boolean masked, int bits, long length) {
		int mask = masked ? 0x80 : 0;
		this.out.write(first);
		switch (bits) {
			case 7 -> this.out.write(mask | (int) length);
			case 16 -> {
				this.out.write(mask | 126);
				raw(ByteBuffer.allocate(2).putShort((short) length).array());
			}
			case 64 -> {
				this.out.write(mask | 127);
				raw(ByteBuffer.allocate(8).putLong(length).array());
			}
			default -> throw new IllegalArgumentException("no length has " + bits + " bits");
		}
		return this;
	}

	private ClientBytes masked(byte[] payload) {
		byte[] mask = ByteBuffer.allocate(4).putInt(this.key).array();
		raw(mask);
		for (int i = 0; i < payload.length; i++) {
			this.out.write(payload[i] ^ mask[i % 4]);
		}
		this.key = this.key * 1_664_525 + 1_013_904_223;
		return this;
	}

	public int size() {
		return this.out.size();
	}

	public byte[] bytes() {
		return this.out.toByteArray();
	}

}
