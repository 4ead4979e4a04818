package io.wsboot.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.wsboot.deflate.NaiveInflate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a server's compressed messages as strictly as RFC 7692 §7.2.2 lets a client: it
 * remembers nothing that was agreed not to be referred to. The first short ones are read
 * a second time, to see how far back they reach.
 */
final class Inflation implements AutoCloseable {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	/** The most that is worth reading bit by bit. */
	private static final int SHORT = 1000;

	/** How many of them. */
	private static final int FIRST = 6;

	private static final Pattern WINDOW_BITS = Pattern.compile("server_max_window_bits=(\\d+)");

	private final boolean forgets;

	private final int window;

	private final Inflater zlib = new Inflater(true);

	private byte[] before = {};

	private int messages;

	Inflation(String agreed) {
		assertThat(agreed).startsWith("permessage-deflate");
		this.forgets = agreed.contains("server_no_context_takeover");
		Matcher bits = WINDOW_BITS.matcher(agreed);
		this.window = 1 << (bits.find() ? Integer.parseInt(bits.group(1)) : 15);
	}

	byte[] inflate(byte[] payload) {
		if (this.forgets) {
			this.zlib.reset();
			this.before = new byte[0];
		}
		byte[] message = zlib(payload);
		if (payload.length <= SHORT && this.messages++ < FIRST) {
			NaiveInflate.Result naive = NaiveInflate.message(payload, this.before);
			assertThat(naive.bytes()).isEqualTo(message);
			assertThat(naive.farthest()).as("distance (RFC 7692 §7.1.2.1)").isLessThanOrEqualTo(this.window);
		}
		byte[] all = Arrays.copyOf(this.before, this.before.length + message.length);
		System.arraycopy(message, 0, all, this.before.length, message.length);
		this.before = Arrays.copyOfRange(all, Math.max(0, all.length - 32 * 1024), all.length);
		return message;
	}

	private byte[] zlib(byte[] payload) {
		byte[] in = Arrays.copyOf(payload, payload.length + TAIL.length);
		System.arraycopy(TAIL, 0, in, payload.length, TAIL.length);
		this.zlib.setInput(in);
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		byte[] out = new byte[8192];
		try {
			for (int count = this.zlib.inflate(out); count > 0; count = this.zlib.inflate(out)) {
				message.write(out, 0, count);
			}
		}
		catch (DataFormatException ex) {
			throw new AssertionError("cannot be inflated", ex);
		}
		assertThat(this.zlib.getRemaining()).as("bytes behind the message").isZero();
		return message.toByteArray();
	}

	@Override
	public void close() {
		this.zlib.end();
	}

}
