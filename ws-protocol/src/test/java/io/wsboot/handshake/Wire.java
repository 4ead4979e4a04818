package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.EverySplit;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives requests, written as text with one character a byte, to {@link RequestReader} cut
 * in every way.
 */
final class Wire {

	static final HandshakeLimits LIMITS = new HandshakeLimits(8192, 8192, 100);

	private Wire() {
	}

	/** The head that the wire, which ends with it, holds however it is cut. */
	static RequestHead head(String wire) {
		return head(wire, LIMITS);
	}

	static RequestHead head(String wire, HandshakeLimits limits) {
		List<RequestHead> heads = new ArrayList<>();
		EverySplit.forEach(wire, (chunks) -> {
			RequestReader reader = new RequestReader(limits);
			int taken = 0;
			RequestHead head = null;
			for (ByteBuffer chunk : chunks) {
				assertThat(head).as("head before the end of the wire").isNull();
				taken += chunk.remaining();
				head = reader.read(chunk);
				assertThat(chunk.remaining()).as("bytes left of the first %d", taken).isZero();
			}
			assertThat(head).as("head at the end of the wire").isNotNull();
			heads.add(head);
		});
		assertThat(heads).as("heads read from each cut").containsOnly(heads.get(0));
		return heads.get(0);
	}

	/** The fault for which the wire is refused at its last byte, and not before. */
	static MalformedRequest fault(String wire) {
		return fault(wire, LIMITS);
	}

	static MalformedRequest fault(String wire, HandshakeLimits limits) {
		List<MalformedRequest> faults = new ArrayList<>();
		EverySplit.forEach(wire, (chunks) -> {
			RequestReader reader = new RequestReader(limits);
			int taken = 0;
			MalformedRequest fault = null;
			for (ByteBuffer chunk : chunks) {
				int size = chunk.remaining();
				try {
					assertThat(reader.read(chunk)).as("head").isNull();
				}
				catch (MalformedRequest ex) {
					fault = ex;
				}
				taken += size - chunk.remaining();
				assertThat(fault != null).as("refused after %d bytes (%s)", taken, fault)
					.isEqualTo(taken == wire.length());
			}
			assertThat(fault).isNotNull();
			faults.add(fault);
		});
		assertThat(faults).extracting(Throwable::getMessage).containsOnly(faults.get(0).getMessage());
		return faults.get(0);
	}

	/** What becomes of the wire in one piece. */
	static Outcome outcome(byte[] wire) {
		RequestReader reader = new RequestReader(LIMITS);
		ByteBuffer in = ByteBuffer.wrap(wire);
		try {
			return new Outcome(reader.read(in), null, in.position());
		}
		catch (MalformedRequest ex) {
			return new Outcome(null, ex.getMessage(), in.position());
		}
	}

	static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * @param head the head read, if any
	 * @param fault the fault's message, if any
	 * @param taken how many bytes were taken
	 */
	record Outcome(@Nullable RequestHead head, @Nullable String fault, int taken) {
	}

}
