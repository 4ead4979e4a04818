package io.wsboot.protocol;

import io.wsboot.ClientBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.CONTINUATION;
import static io.wsboot.ClientBytes.FIN;
import static io.wsboot.ClientBytes.TEXT;
import static io.wsboot.protocol.Exchange.everySplit;

class LimitsTest {

	private static final String[] TOO_BIG = { "sends close 1009", "closed VIOLATION 1009" };

	private static final String[] TOO_MANY = { "sends close 1008", "closed VIOLATION 1008" };

	@Nested
	class Section10_4_Limits {

		@Test
		void aFrameMayBeAsBigAsTheLimit() {
			ProtocolLimits limits = limits(10, 100, 100);
			everySplit(limits, new ClientBytes().binary(new byte[10]), "binary " + "00".repeat(10));
			everySplit(limits, new ClientBytes().frame(BINARY).frame(FIN | CONTINUATION, new byte[10]),
					"binary " + "00".repeat(10));
		}

		@Test
		void aFrameOfOneMoreIsRefused() {
			ProtocolLimits limits = limits(10, 100, 100);
			everySplit(limits, new ClientBytes().binary(new byte[11]), TOO_BIG);
			everySplit(limits, new ClientBytes().frame(BINARY).frame(FIN | CONTINUATION, new byte[11]), TOO_BIG);
		}

		@ParameterizedTest
		@ValueSource(longs = { 262_145, 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE })
		void aFrameThatDeclaresTooMuchIsRefusedAtItsHeader(long length) {
			everySplit(new ClientBytes().declaring(FIN | BINARY, length), TOO_BIG);
			everySplit(new ClientBytes().frame(TEXT, "61").declaring(FIN | CONTINUATION, length), TOO_BIG);
		}

		@Test
		void aMessageMayBeAsBigAsTheLimit() {
			ProtocolLimits limits = limits(10, 25, 100);
			everySplit(limits,
					new ClientBytes().frame(BINARY, new byte[10])
						.frame(CONTINUATION, new byte[10])
						.frame(FIN | CONTINUATION, new byte[5])
						.binary(new byte[10]),
					"binary " + "00".repeat(25), "binary " + "00".repeat(10));
		}

		@Test
		void aMessageOfOneMoreIsRefused() {
			everySplit(limits(10, 25, 100),
					new ClientBytes().frame(BINARY, new byte[10])
						.frame(CONTINUATION, new byte[10])
						.frame(FIN | CONTINUATION, new byte[6]),
					TOO_BIG);
			everySplit(limits(10, 10, 100), new ClientBytes().frame(TEXT, new byte[10]).frame(CONTINUATION, "61"),
					TOO_BIG);
		}

		/**
		 * Which is read in one go if it is all there, and piece by piece if it is cut.
		 */
		@Test
		void aMessageInOneShortFrameIsHeldToTheLimitOfMessagesToo() {
			ProtocolLimits limits = limits(100, 10, 100);
			everySplit(limits, new ClientBytes().binary(new byte[10]), "binary " + "00".repeat(10));
			everySplit(limits, new ClientBytes().binary(new byte[11]), TOO_BIG);
			everySplit(limits, new ClientBytes().text("x".repeat(11)), TOO_BIG);
		}

		@Test
		void aMessageMayHaveAsManyFragmentsAsTheLimit() {
			ProtocolLimits limits = limits(10, 25, 3);
			everySplit(limits,
					new ClientBytes().frame(TEXT)
						.frame(CONTINUATION)
						.ping()
						.frame(FIN | CONTINUATION)
						.frame(TEXT)
						.frame(FIN),
					"ping ", "sends 8A00", "text ", "text ");
		}

		@Test
		void oneMoreIsRefused() {
			everySplit(limits(10, 25, 3),
					new ClientBytes().frame(TEXT).frame(CONTINUATION).frame(CONTINUATION).frame(FIN | CONTINUATION),
					TOO_MANY);
			everySplit(limits(10, 25, 1), new ClientBytes().text("a").frame(TEXT).frame(FIN | CONTINUATION), "text a",
					TOO_MANY[0], TOO_MANY[1]);
		}

		@Test
		void controlFramesAreNotMessages() {
			everySplit(limits(1, 1, 1), new ClientBytes().ping((byte) 1, (byte) 2).close(1000, "bye"), "ping 0102",
					"sends 8A020102", "sends 880203E8", "closed PEER 1000 bye");
		}

	}

	private static ProtocolLimits limits(int frame, int message, int fragments) {
		return new ProtocolLimits(8192, 8192, 100, frame, message, fragments);
	}

}
