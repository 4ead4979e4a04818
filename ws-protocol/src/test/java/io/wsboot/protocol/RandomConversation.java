package io.wsboot.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.wsboot.ClientBytes;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CLOSE;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.PING;
import static io.wsboot.ClientBytes.PONG;
import static io.wsboot.ClientBytes.TEXT;

/**
 * Says what a client might: mostly messages, some fragmented with control frames between
 * the fragments, now and then something improper.
 */
final class RandomConversation {

	private static final int[] SIZES = { 0, 1, 2, 7, 8, 9, 16, 40, 124, 125, 126, 127, 200, 300, 301 };

	private final Random random;

	private final ClientBytes bytes = new ClientBytes();

	RandomConversation(Random random) {
		this.random = random;
	}

	/** Frames, which keep the rules but for one conversation in three. */
	byte[] wire() {
		boolean improper = this.random.nextInt(3) == 0;
		for (int turns = 1 + this.random.nextInt(8); turns > 0; turns--) {
			message();
			maybeControl();
		}
		if (improper) {
			improper();
			message();
		}
		if (this.random.nextInt(2) == 0) {
			close();
			message();
		}
		byte[] wire = this.bytes.bytes();
		return (this.random.nextInt(4) == 0) ? mutated(wire) : wire;
	}

	private void message() {
		boolean text = this.random.nextBoolean();
		byte[] payload = text ? text() : binary(size());
		int opcode = text ? TEXT : BINARY;
		int from = 0;
		while (this.random.nextInt(3) == 0) {
			int to = from + this.random.nextInt(payload.length - from + 1);
			this.bytes.frame(opcode, Arrays.copyOfRange(payload, from, to));
			maybeControl();
			opcode = CONTINUATION;
			from = to;
		}
		this.bytes.frame(FIN | opcode, Arrays.copyOfRange(payload, from, payload.length));
	}

	private void maybeControl() {
		switch (this.random.nextInt(6)) {
			case 0 -> this.bytes.ping(binary(Math.min(125, size())));
			case 1 -> this.bytes.pong(binary(Math.min(125, size())));
			default -> {
			}
		}
	}

	private void close() {
		int code = (this.random.nextInt(4) == 0) ? this.random.nextInt(0x10000) : 1000 + this.random.nextInt(20);
		byte[] reason = Arrays.copyOf(text(), this.random.nextInt(20));
		switch (this.random.nextInt(4)) {
			case 0 -> this.bytes.close();
			case 1 -> this.bytes.frame(FIN | CLOSE, binary(1));
			case 2 -> this.bytes.close(1000 + this.random.nextInt(4), "bye");
			default -> this.bytes.frame(FIN | CLOSE, ClientBytes.closePayload(code, reason));
		}
	}

	private void improper() {
		int opcode = new int[] { CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG }[this.random.nextInt(6)];
		int first = (this.random.nextBoolean() ? FIN : 0) | opcode;
		byte[] payload = binary(size());
		switch (this.random.nextInt(7)) {
			case 0 -> this.bytes.unmasked(first, payload);
			case 1 -> this.bytes.withLengthOf(this.random.nextBoolean() ? 16 : 64, first, payload);
			case 2 -> this.bytes.frame(first | (0x10 << this.random.nextInt(3)), payload);
			case 3 -> this.bytes.frame(this.random.nextInt(256), payload);
			case 4 -> this.bytes.declaring(first, this.random.nextLong() >>> this.random.nextInt(64), payload);
			case 5 -> this.bytes.frame(FIN | TEXT, payload);
			default -> this.bytes.raw(payload);
		}
	}

	private int size() {
		return SIZES[this.random.nextInt(SIZES.length)];
	}

	private byte[] binary(int size) {
		byte[] payload = new byte[size];
		this.random.nextBytes(payload);
		return payload;
	}

	private byte[] text() {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(60);
		boolean ascii = this.random.nextInt(3) == 0;
		while (text.length() < length) {
			switch (ascii ? 0 : this.random.nextInt(4)) {
				case 1 -> text.append('\u00E9');
				case 2 -> text.append('\u20AC');
				case 3 -> text.append("\uD83D\uDE00");
				default -> text.append("plain ascii");
			}
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private byte[] mutated(byte[] wire) {
		int at = this.random.nextInt(wire.length);
		byte[] changed = Arrays.copyOf(wire, wire.length + 1);
		switch (this.random.nextInt(4)) {
			case 0 -> {
				changed[at] ^= (byte) (1 << this.random.nextInt(8));
				return Arrays.copyOf(changed, wire.length);
			}
			case 1 -> {
				System.arraycopy(wire, at, changed, at + 1, wire.length - at);
				changed[at] = (byte) this.random.nextInt(256);
				return changed;
			}
			case 2 -> {
				System.arraycopy(wire, at + 1, changed, at, wire.length - at - 1);
				return Arrays.copyOf(changed, wire.length - 1);
			}
			default -> {
				return Arrays.copyOf(wire, at);
			}
		}
	}

}
