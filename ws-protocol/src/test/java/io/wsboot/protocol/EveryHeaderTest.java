package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.PING;
import static io.wsboot.ClientBytes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every value that the first two bytes of a frame can have, in every state that a
 * conversation can be in, against {@link NaiveServer}.
 */
class EveryHeaderTest {

	/** Turns the 16-bit form into 128 bytes, and the 64-bit form into far too many. */
	private static final byte[] TAIL = new ClientBytes().hex("0080 01020304 0102030405060708")
		.raw(new byte[130])
		.bytes();

	private final Scratch scratch = new Scratch(256);

	private final ByteBuffer in = ByteBuffer.allocateDirect(512).order(ByteOrder.LITTLE_ENDIAN);

	static Named<?>[] states() {
		return new Named<?>[] { Named.of("handshake just done", new ClientBytes()),
				Named.of("in a fragmented text", new ClientBytes().frame(TEXT, "C3")),
				Named.of("in a fragmented binary message", new ClientBytes().frame(BINARY, "00FF")),
				Named.of("with half a Ping in a fragmented text",
						new ClientBytes().frame(TEXT, "61").declaring(0x80 | PING, 4, (byte) 1)),
				Named.of("after the peer's Close", new ClientBytes().close(1000, "")) };
	}

	@ParameterizedTest
	@MethodSource("states")
	void isReadAsTheModelDoes(ClientBytes state) {
		tryAll(state.bytes(), Integer.MAX_VALUE);
	}

	@Test
	void isReadAsTheModelDoesAfterOurClose() {
		byte[] state = new ClientBytes().frame(TEXT, "61").bytes();
		tryAll(state, state.length);
	}

	private void tryAll(byte[] before, int closeAt) {
		byte[] wire = Arrays.copyOf(before, before.length + 2 + TAIL.length);
		System.arraycopy(TAIL, 0, wire, before.length + 2, TAIL.length);
		for (int header = 0; header <= 0xFFFF; header++) {
			wire[before.length] = (byte) (header >> 8);
			wire[before.length + 1] = (byte) header;
			List<String> expected = NaiveServer.events(Exchange.LIMITS, wire, closeAt);
			List<String> events = events(wire, before.length, header % 2, closeAt);
			if (!events.equals(expected)) {
				assertThat(events).as("header %04X", header).isEqualTo(expected);
			}
		}
	}

	/** Cuts the wire before the header, and behind its first byte if asked to. */
	private List<String> events(byte[] wire, int headerAt, int firstAlone, int closeAt) {
		try (Exchange exchange = Exchange.open(Exchange.LIMITS, this.scratch)) {
			exchange.receive(part(wire, 0, headerAt));
			if (closeAt == headerAt) {
				exchange.protocol.close(CloseStatus.NORMAL, false);
			}
			exchange.receive(part(wire, headerAt, headerAt + firstAlone));
			exchange.receive(part(wire, headerAt + firstAlone, wire.length));
			return exchange.recorder.events();
		}
	}

	private ByteBuffer part(byte[] wire, int from, int to) {
		return this.in.clear().put(wire, from, to - from).flip();
	}

}
