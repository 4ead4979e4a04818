package io.wsboot.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that speaks permessage-deflate with the JDK's zlib, and checks every message
 * that it reads. Where the server keeps its window, so does this.
 */
final class DeflateClient implements AutoCloseable {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final RawClient raw;

	private final String agreed;

	private final Inflater inflater = new Inflater(true);

	private final Deflater deflater = new Deflater(6, true);

	private DeflateClient(RawClient raw, String agreed) {
		this.raw = raw;
		this.agreed = agreed;
	}

	/** Offers what is told; an empty offer is none. */
	static DeflateClient open(RunningServer server, String path, String offer) {
		RawClient raw = server.connect();
		raw.send(offer.isEmpty() ? RawClient.head(path) : RawClient.head(path, "Sec-WebSocket-Extensions: " + offer));
		return new DeflateClient(raw, raw.expectSwitch().headers().getOrDefault("sec-websocket-extensions", ""));
	}

	/** What the server has answered; empty if nothing. */
	String agreed() {
		return this.agreed;
	}

	RawClient raw() {
		return this.raw;
	}

	void sendCompressed(String text) {
		if (this.agreed.contains("client_no_context_takeover")) {
			this.deflater.reset();
		}
		byte[] message = text.getBytes(StandardCharsets.UTF_8);
		this.deflater.setInput(message);
		byte[] out = new byte[2 * message.length + 64];
		int length = this.deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		this.raw.send(RawClient.frame(0xC0 | RawClient.TEXT, Arrays.copyOf(out, length - 4)));
	}

	/** The payload of a message of so many bytes of zero. */
	static byte[] zeros(long count) {
		Deflater zlib = new Deflater(9, true);
		byte[] chunk = new byte[1 << 20];
		byte[] out = new byte[(int) (count / 900) + 1024];
		int length = 0;
		for (long done = 0; done < count; done += chunk.length) {
			zlib.setInput(chunk);
			length += zlib.deflate(out, length, out.length - length, Deflater.NO_FLUSH);
		}
		length += zlib.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
		zlib.end();
		return Arrays.copyOf(out, length - 4);
	}

	/**
	 * A message.
	 *
	 * @param text as text
	 * @param compressed whether it came so
	 * @param frames the number of its frames
	 * @param wireSize payload bytes of its frames
	 */
	record Received(String text, boolean compressed, int frames, int wireSize) {
	}

	/** Reads the next message; a Pong before it or in it is passed over. */
	Received read() {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		int frames = 0;
		boolean compressed = false;
		boolean fin = false;
		while (!fin) {
			RawClient.Frame frame = this.raw.readAnyFrame();
			if (frame.opcode() == RawClient.PONG) {
				continue;
			}
			assertThat(frame.opcode()).as("opcode of frame %d", frames).isEqualTo((frames == 0) ? RawClient.TEXT : 0);
			assertThat(frame.compressed() && (frames > 0 || this.agreed.isEmpty())).as("RSV1 where it must not be")
				.isFalse();
			compressed |= frame.compressed();
			payload.writeBytes(frame.payload());
			frames++;
			fin = frame.fin();
		}
		byte[] message = compressed ? inflated(payload) : payload.toByteArray();
		return new Received(new String(message, StandardCharsets.UTF_8), compressed, frames, payload.size());
	}

	private byte[] inflated(ByteArrayOutputStream payload) {
		if (this.agreed.contains("server_no_context_takeover")) {
			this.inflater.reset();
		}
		payload.writeBytes(TAIL);
		this.inflater.setInput(payload.toByteArray());
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		byte[] out = new byte[8192];
		try {
			for (int count = this.inflater.inflate(out); count > 0; count = this.inflater.inflate(out)) {
				message.write(out, 0, count);
			}
		}
		catch (DataFormatException ex) {
			throw new AssertionError("cannot be inflated", ex);
		}
		assertThat(this.inflater.getRemaining()).isZero();
		return message.toByteArray();
	}

	@Override
	public void close() {
		this.raw.close();
		this.inflater.end();
		this.deflater.end();
	}

}
