package io.wsboot.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.wsboot.Headers.Field;
import io.wsboot.HeldBytes;
import io.wsboot.Pieces;

/**
 * Fuzz target: the head of a request, against {@link NaiveHead}. Its input is a byte that
 * chooses limits, one that chooses cuts, and the wire.
 */
public final class RequestHeadFuzz {

	private int taken;

	private RequestHeadFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 2) {
			return;
		}
		HandshakeLimits limits = limits(input[0] & 0xFF);
		byte[] wire = Arrays.copyOfRange(input, 2, input.length);
		RequestHeadFuzz trial = new RequestHeadFuzz();
		String outcome = trial.outcome(limits, new Pieces(wire, input[1] & 0xFF));
		String expected = expected(NaiveHead.of(limits, wire, trial.taken));
		if (!outcome.equals(expected)) {
			throw new AssertionError("is " + outcome + "\nbut must be " + expected);
		}
	}

	private static HandshakeLimits limits(int choice) {
		return (choice < 128) ? Wire.LIMITS : new HandshakeLimits(choice - 110, choice - 60, 1 + choice % 8);
	}

	private static String expected(NaiveHead head) {
		if (head.taken() == 0) {
			return "no end";
		}
		if (head.fault() > 0) {
			return "refused with " + head.fault() + " at " + head.taken();
		}
		return "head of " + head.taken() + " bytes: " + head + head.faultOfOpening();
	}

	private String outcome(HandshakeLimits limits, Pieces pieces) {
		RequestReader reader = new RequestReader(limits);
		while (pieces.more()) {
			ByteBuffer piece = pieces.next();
			try {
				RequestHead head = reader.read(piece);
				this.taken = pieces.taken() - piece.remaining();
				if (head != null) {
					return "head of " + this.taken + " bytes: " + text(head) + fault(head);
				}
			}
			catch (MalformedRequest ex) {
				this.taken = pieces.taken() - piece.remaining();
				return "refused with " + ex.refusal().status() + " at " + this.taken;
			}
			if (HeldBytes.of(reader) > 2L * pieces.taken() + 64) {
				throw new AssertionError("holds " + HeldBytes.of(reader) + " bytes of " + pieces.taken());
			}
		}
		return "no end";
	}

	private static String text(RequestHead head) {
		StringBuilder text = new StringBuilder(head.method()).append(' ').append(head.path());
		if (head.query() != null) {
			text.append('?').append(head.query());
		}
		text.append(' ').append(head.minorVersion()).append(' ');
		for (Field field : head.headers().fields()) {
			text.append(field.name()).append(": ").append(field.value()).append('\n');
		}
		return text.toString();
	}

	private static int fault(RequestHead head) {
		var refusal = OpeningHandshake.examine(head);
		return (refusal == null) ? 0 : refusal.status();
	}

}
