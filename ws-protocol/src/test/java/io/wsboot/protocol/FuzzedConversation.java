package io.wsboot.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.MessageDelivery;
import io.wsboot.Pieces;
import io.wsboot.deflate.NaiveInflation;
import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.NaiveExtensions;
import io.wsboot.handshake.NaiveHead;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of which a fuzzer chooses everything, and what it must be like:
 * <ul>
 * <li>it tells what the naive model tells, which sees all bytes at once, and in the order
 * that {@link ProtocolRecorder} checks; parts are put together for that;</li>
 * <li>it never holds more than twice what it has received, and 1 KiB. What compressed
 * messages have been inflated to so far counts as received, which the limit on their size
 * bounds;</li>
 * <li>of zlib it holds at most one state, while a compressed message arrives, and one
 * window; once it is over nothing at all;</li>
 * <li>it throws nothing, and uses all bytes.</li>
 * </ul>
 */
final class FuzzedConversation {

	private static final int SLACK = 1024;

	private static final ProtocolLimits LOW = new ProtocolLimits(60, 300, 8, 300, 320, 4);

	private static final Scratch[] SCRATCHES = { new Scratch(4096), new Scratch(16) };

	private static final EndpointOptions[] PIECEWISE = {
			EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0)).withBinary(MessageDelivery.inParts(500)),
			EndpointOptions.DEFAULTS.withText(MessageDelivery.inParts(0)) };

	private static final List<String> PAUSES = List.of("text", "text-part", "text-last", "binary", "binary-part",
			"binary-last", "ping");

	private static final byte[] HANDSHAKE = new ClientBytes()
		.handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n")
		.bytes();

	private final Compression.Offer offer;

	private final ProtocolLimits limits;

	private final boolean pauses;

	private final Scratch scratch;

	private final int decision;

	private final EndpointOptions options;

	private final ProtocolRecorder recorder = new ProtocolRecorder();

	private final ServerProtocol protocol;

	/** Once that is agreed on. */
	private @Nullable String extension;

	private boolean undecided;

	private int fault;

	/**
	 * Before its first byte.
	 * @param choice of everything: bits 0 and 1 what compression is offered, 2 low
	 * limits, 3 pauses, 4 little scratch memory, 6 and 7 how the request is decided on: 2
	 * takes messages piecewise, with little memory only text
	 */
	FuzzedConversation(int choice) {
		this.offer = Compression.Offer.values()[choice & 3];
		this.limits = ((choice & 4) != 0) ? LOW : Exchange.LIMITS;
		this.pauses = (choice & 8) != 0;
		this.scratch = SCRATCHES[choice >> 4 & 1];
		this.decision = choice >> 6 & 3;
		this.options = (this.decision == 2) ? PIECEWISE[choice >> 4 & 1] : EndpointOptions.DEFAULTS;
		this.protocol = new ServerProtocol(this.limits, this.scratch, this.offer, this.recorder);
		this.recorder.on("request", () -> {
			this.undecided = true;
			if (this.decision == 0) {
				decide();
			}
		});
	}

	private void decide() {
		this.undecided = false;
		if (this.decision == 3) {
			this.protocol.request().refuse(HandshakeDecision.refuse(403));
		}
		else if (this.fault != 0) {
			this.protocol.request().refuse(HandshakeDecision.refuse(this.fault));
		}
		else {
			this.protocol.request().accept(HandshakeDecision.accept(), this.options, this.limits, this.recorder);
			if (this.pauses) {
				PAUSES.forEach((kind) -> this.recorder.on(kind, this.protocol::pause));
			}
		}
	}

	/**
	 * Holds it behind a proper handshake.
	 * @param frames what the client sends
	 * @param cuts how that is cut
	 * @param closeAt how many bytes of it are read before the server closes
	 */
	void open(byte[] frames, int cuts, int closeAt) {
		ByteBuffer handshake = Exchange.lend(HANDSHAKE);
		this.protocol.receive(handshake);
		if (this.undecided) {
			decide();
		}
		require(!handshake.hasRemaining(), "does not use all bytes of the handshake");
		if (this.decision != 3) {
			agree(List.of("permessage-deflate"));
			require(this.recorder.events().equals(List.of("request /echo", "response 101")), "no handshake");
			talk(frames, cuts, 0, closeAt);
			check(frames, modelOf(frames, 0, closeAt));
		}
	}

	/**
	 * Holds it from the first byte on.
	 * @param wire what the client sends
	 * @param cuts how that is cut
	 * @param closeAt how many bytes behind the head are read before the server closes
	 */
	void unopened(byte[] wire, int cuts, int closeAt) {
		NaiveHead head = NaiveHead.of(new HandshakeLimits(this.limits.maxRequestLine(), this.limits.maxHeadersSize(),
				this.limits.maxHeaders()), wire);
		List<String> model = new ArrayList<>();
		boolean opens = false;
		if (head.fault() > 0) {
			model.addAll(List.of("response " + head.fault(), "refused " + head.fault()));
		}
		else if (head.taken() > 0) {
			this.fault = head.faultOfOpening();
			model.add("request " + head.path() + ((this.fault > 0) ? " fault " + this.fault : ""));
			opens = this.fault == 0 && this.decision != 3;
			model.add("response " + ((this.decision == 3) ? 403 : opens ? 101 : this.fault));
			agree(head.values("Sec-WebSocket-Extensions"));
		}
		int behind = opens ? head.taken() : wire.length;
		talk(wire, cuts, behind, closeAt);
		if (opens) {
			model.addAll(modelOf(wire, behind, closeAt));
		}
		check(wire, model);
	}

	private void agree(List<String> values) {
		List<List<String>> offers = NaiveExtensions.parse(values);
		if (offers != null && this.offer != Compression.Offer.NONE) {
			this.extension = NaiveExtensions.answer(offers, this.offer.serverKeeps, this.offer.clientKeeps);
		}
	}

	private @Nullable NaiveInflation inflation() {
		return (this.extension == null) ? null
				: new NaiveInflation(!this.extension.contains("client_no_context_takeover"));
	}

	private List<String> modelOf(byte[] wire, int behind, int closeAt) {
		byte[] frames = Arrays.copyOfRange(wire, behind, wire.length);
		List<String> events = new ArrayList<>(
				NaiveServer.events(this.limits, this.options, frames, closeAt, inflation()));
		if (events.stream().noneMatch((event) -> event.startsWith("closed "))) {
			events
				.add("closed LOST " + (events.contains("sends 880203E8") ? CloseStatus.NORMAL : CloseStatus.ABNORMAL));
		}
		String agreed = "\r\nSec-WebSocket-Extensions: " + this.extension + "\r\n";
		require(this.recorder.response().contains((this.extension != null) ? agreed : "101")
				&& this.recorder.response().contains("Extensions") == (this.extension != null), "another agreement");
		return events;
	}

	private void talk(byte[] wire, int cuts, int behind, int closeAt) {
		Pieces pieces = new Pieces(wire, cuts);
		int close = (closeAt > wire.length) ? Integer.MAX_VALUE : behind + closeAt;
		closeIfDue(pieces, close);
		int steps = 0;
		while (pieces.more()) {
			ByteBuffer piece = pieces.next((pieces.taken() < close) ? close : wire.length);
			this.protocol.receive(piece);
			while (!this.protocol.reads() || this.protocol.hasMore()) {
				if (this.undecided) {
					decide();
				}
				this.protocol.resume();
				this.protocol.receive(piece);
			}
			require(!piece.hasRemaining(), "does not use all bytes");
			if (++steps < 64 || steps % 16 == 0) { // looking costs more than a step
				checkMemory(wire, behind, pieces.taken());
			}
			closeIfDue(pieces, close);
		}
		this.protocol.endOfInput();
		require(this.scratch.inflatersHeld() == 0, "holds zlib states");
		require(HeldMemory.of(this.protocol, this.scratch) == 0, "holds memory");
	}

	private void closeIfDue(Pieces pieces, int close) {
		if (pieces.taken() == close && this.protocol.mayClose()) {
			this.protocol.close(CloseStatus.NORMAL, false);
		}
	}

	private void checkMemory(byte[] wire, int behind, int taken) {
		long received = taken;
		long held = HeldMemory.of(this.protocol, this.scratch);
		NaiveInflation inflation = inflation();
		if (held > 2 * received + SLACK && inflation != null && taken > behind) {
			received += NaiveServer.inflated(this.limits, this.options, Arrays.copyOfRange(wire, behind, taken),
					inflation);
		}
		require(held <= 2 * received + SLACK, "holds more than it has received");
		require(this.scratch.inflatersHeld() <= 2, "holds more than one state and one window");
	}

	private void check(byte[] wire, List<String> model) {
		List<String> events = Joined.of(this.recorder.events());
		if (!events.equals(model)) {
			throw new AssertionError("tells\n" + events + "\ninstead of\n" + model + "\nof " + Arrays.toString(wire));
		}
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new AssertionError(what);
		}
	}

}
