package io.wsboot.server.outbound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what has been written to it as a strict client would, and keeps the messages.
 * Shares no code with the server.
 */
final class SteppedPeer {

	private final List<byte[]> messages = new ArrayList<>();

	private final Inflater inflater = new Inflater(true);

	private byte[] wire = new byte[0];

	private ByteArrayOutputStream message;

	private boolean compressed;

	private boolean closed;

	/** Some bytes, which end anywhere. */
	void receive(ByteBuffer bytes) {
		byte[] all = new byte[this.wire.length + bytes.remaining()];
		System.arraycopy(this.wire, 0, all, 0, this.wire.length);
		bytes.get(all, this.wire.length, all.length - this.wire.length);
		this.wire = all;
		while (takeFrame()) {
			// until the next one is not whole
		}
	}

	private boolean takeFrame() {
		ByteBuffer in = ByteBuffer.wrap(this.wire);
		if (in.remaining() < 2) {
			return false;
		}
		int first = in.get() & 0xFF;
		int length = in.get() & 0xFF;
		assertThat(length).as("unmasked, and in these tests short").isLessThanOrEqualTo(126);
		if (length == 126) {
			if (in.remaining() < 2) {
				return false;
			}
			length = in.getShort() & 0xFFFF;
		}
		if (in.remaining() < length) {
			return false;
		}
		byte[] payload = new byte[length];
		in.get(payload);
		this.wire = new byte[in.remaining()];
		in.get(this.wire);
		take(first, payload);
		return true;
	}

	private void take(int first, byte[] payload) {
		int opcode = first & 0xF;
		boolean last = first >= 0x80;
		assertThat(!this.closed || opcode == 0xA).as("frame behind a Close: %x", first).isTrue();
		if (opcode >= 8) {
			assertThat(opcode).isBetween(8, 10);
			assertThat(first & 0xF0).isEqualTo(0x80);
			this.closed = opcode == 8;
			return;
		}
		assertThat(opcode).as("opcode").isEqualTo((this.message == null) ? 2 : 0);
		if (this.message == null) {
			this.message = new ByteArrayOutputStream();
			this.compressed = (first & 0x40) != 0;
		}
		else {
			assertThat(first & 0x40).isZero();
		}
		this.message.writeBytes(payload);
		if (last) {
			byte[] whole = this.message.toByteArray();
			this.messages.add(this.compressed ? inflate(whole) : whole);
			this.message = null;
		}
	}

	/** As if all belonged together, which is right for messages that stand alone too. */
	private byte[] inflate(byte[] compressed) {
		byte[] in = java.util.Arrays.copyOf(compressed, compressed.length + 4);
		in[in.length - 2] = (byte) 0xFF;
		in[in.length - 1] = (byte) 0xFF;
		this.inflater.setInput(in);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] buffer = new byte[1000];
		try {
			for (int count = this.inflater.inflate(buffer); count > 0; count = this.inflater.inflate(buffer)) {
				out.write(buffer, 0, count);
			}
		}
		catch (DataFormatException ex) {
			throw new AssertionError("cannot be inflated", ex);
		}
		return out.toByteArray();
	}

	List<byte[]> messages() {
		return this.messages;
	}

	/** Whether what it has got ends with a whole frame. */
	boolean isBetweenFrames() {
		return this.wire.length == 0;
	}

	boolean isBetweenMessages() {
		return this.message == null;
	}

	void end() {
		this.inflater.end();
	}

}
