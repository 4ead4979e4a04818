package io.wsboot.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.wsboot.EndpointOptions;
import io.wsboot.MessageDelivery;
import io.wsboot.NaiveUtf8;
import io.wsboot.deflate.NaiveInflation;
import org.jspecify.annotations.Nullable;

/**
 * What a server makes of the frames of a client, read in the most obvious way: from one
 * array that holds all of them, one rule of RFC 6455 after the other. Shares no code with
 * the real one; speaks the language of {@link ProtocolRecorder}.
 * <p>
 * May be told that the server itself closes, with 1000, once it has seen so many bytes:
 * so each event comes with the number of bytes that must have been seen for it.
 */
final class NaiveServer {

	private static final int NEVER = Integer.MAX_VALUE;

	private final ProtocolLimits limits;

	private final byte[] wire;

	private final int closeAt;

	private final List<String> events = new ArrayList<>();

	private boolean weClosed;

	private boolean over;

	/** Where the current frame begins. */
	private int at;

	/** Opcode of the message that has begun; 0 if none has. */
	private int type;

	private int fragments;

	/** As it is on the wire. */
	private byte[] message = {};

	/** Null unless permessage-deflate was agreed on. */
	private final @Nullable NaiveInflation inflation;

	private boolean compressed;

	private final EndpointOptions options;

	/** Whether the message is handed on piecewise, and so not looked at once we close. */
	private boolean streamed;

	/** The most bytes of the message. */
	private long most;

	private NaiveServer(ProtocolLimits limits, EndpointOptions options, byte[] wire, int closeAt,
			@Nullable NaiveInflation inflation) {
		this.limits = limits;
		this.options = options;
		this.wire = wire;
		this.closeAt = closeAt;
		this.inflation = inflation;
	}

	/** What happens when the bytes behind a handshake are these. */
	static List<String> events(ProtocolLimits limits, byte[] wire) {
		return events(limits, wire, NEVER);
	}

	static List<String> events(ProtocolLimits limits, byte[] wire, int closeAt) {
		return events(limits, EndpointOptions.DEFAULTS, wire, closeAt, null);
	}

	/**
	 * The same for an endpoint that may want messages piecewise, whose parts are put
	 * together here, and behind what may have been agreed on.
	 */
	static List<String> events(ProtocolLimits limits, EndpointOptions options, byte[] wire, int closeAt,
			@Nullable NaiveInflation inflation) {
		NaiveServer server = new NaiveServer(limits, options, wire, closeAt, inflation);
		server.frames();
		server.seen(wire.length + 1);
		return server.events;
	}

	/** How many bytes the compressed messages on the wire inflate to so far. */
	static long inflated(ProtocolLimits limits, EndpointOptions options, byte[] wire, NaiveInflation inflation) {
		NaiveServer server = new NaiveServer(limits, options, wire, NEVER, inflation);
		server.frames();
		boolean inMessage = server.compressed && server.type != 0;
		return inflation.size(inMessage ? server.message : new byte[0], (int) server.most);
	}

	private void frames() {
		while (!this.over && frame()) {
			// one frame a turn
		}
	}

	/** Reads a frame; false if it is not there as a whole. */
	private boolean frame() {
		int there = this.wire.length - this.at;
		if (there < 1) {
			return false;
		}
		int first = this.wire[this.at] & 0xFF;
		boolean fin = first >= 0x80;
		int opcode = first % 16;
		boolean control = opcode >= 8;
		boolean rsv1 = (first & 0x40) != 0;
		if ((first & 0x20) != 0 || (first & 0x10) != 0 || (rsv1 && this.inflation == null)) {
			return fail(this.at + 1, 1002); // §5.2
		}
		if (rsv1 && opcode != 1 && opcode != 2) {
			return fail(this.at + 1, 1002); // RFC 7692 §6
		}
		if (!List.of(0, 1, 2, 8, 9, 10).contains(opcode)) {
			return fail(this.at + 1, 1002); // §5.2
		}
		if (control && !fin) {
			return fail(this.at + 1, 1002); // §5.5
		}
		if (there < 2) {
			return false;
		}
		int second = this.wire[this.at + 1] & 0xFF;
		int lengthField = second % 128;
		if (second < 0x80) {
			return fail(this.at + 2, 1002); // §5.1
		}
		if (control && lengthField > 125) {
			return fail(this.at + 2, 1002); // §5.5
		}
		int lengthBytes = (lengthField == 126) ? 2 : (lengthField == 127) ? 8 : 0;
		int headerSize = 2 + lengthBytes + 4;
		if (there < headerSize) {
			return false;
		}
		int headerEnd = this.at + headerSize;
		long length = (lengthBytes == 0) ? lengthField : number(this.at + 2, lengthBytes);
		if (length < 0 || (lengthBytes == 2 && length < 126) || (lengthBytes == 8 && length < 65536)) {
			return fail(headerEnd, 1002); // §5.2
		}
		byte[] key = Arrays.copyOfRange(this.wire, headerEnd - 4, headerEnd);
		int arrived = (int) Math.min(length, this.wire.length - headerEnd);
		byte[] payload = Arrays.copyOfRange(this.wire, headerEnd, headerEnd + arrived);
		for (int i = 0; i < arrived; i++) {
			payload[i] ^= key[i % 4]; // §5.3
		}
		boolean goesOn = control ? control(opcode, payload, length, headerEnd)
				: data(opcode, fin, rsv1, payload, length, headerEnd);
		this.at = headerEnd + arrived;
		return goesOn;
	}

	private long number(int from, int size) {
		long number = 0;
		for (int i = 0; i < size; i++) {
			number = number * 256 + (this.wire[from + i] & 0xFF);
		}
		return number;
	}

	private boolean data(int opcode, boolean fin, boolean rsv1, byte[] payload, long length, int headerEnd) {
		if ((opcode == 0) != (this.type != 0)) {
			return fail(headerEnd, 1002); // §5.4
		}
		if (opcode != 0) {
			begin(opcode, rsv1, headerEnd);
		}
		if (!this.streamed || (opcode == 0 && length == 0 && !fin)) {
			this.fragments++;
		}
		if (this.fragments > this.limits.maxFragments()) {
			return fail(headerEnd, 1008);
		}
		int before = this.message.length;
		if (length > (this.streamed ? NEVER : onWire(this.limits.maxFrameSize()))
				|| length > onWire(this.most) - before) {
			return failUnlessSkipped(headerEnd, 1009, length, payload.length, fin);
		}
		this.message = Arrays.copyOf(this.message, before + payload.length);
		System.arraycopy(payload, 0, this.message, before, payload.length);
		int end = headerEnd + payload.length;
		boolean whole = payload.length == length;
		int fault = fault(this.message, false);
		if (fault != 0) {
			int tooFew = before;
			int enough = this.message.length;
			while (enough - tooFew > 1) {
				int middle = (tooFew + enough) >>> 1;
				boolean wrong = fault(Arrays.copyOf(this.message, middle), false) != 0;
				tooFew = wrong ? tooFew : middle;
				enough = wrong ? middle : enough;
			}
			fault = fault(Arrays.copyOf(this.message, enough), false);
			return failUnlessSkipped(headerEnd + enough - before, fault, length, payload.length, fin);
		}
		fault = (whole && fin) ? fault(this.message, true) : 0;
		if (fault != 0) {
			return failUnlessSkipped(end, fault, length, payload.length, fin);
		}
		if (whole && fin) {
			boolean heard = !seen(end);
			byte[] bytes = (this.compressed && this.inflation != null && (heard || !this.streamed))
					? this.inflation.end(this.message) : this.message;
			if (heard) {
				this.events.add((this.type == 1) ? "text " + new String(bytes, StandardCharsets.UTF_8)
						: "binary " + hex(bytes));
			}
			this.type = 0;
		}
		return whole;
	}

	private void begin(int opcode, boolean rsv1, int headerEnd) {
		MessageDelivery delivery = (opcode == 1) ? this.options.text() : this.options.binary();
		boolean afterClose = headerEnd > this.closeAt
				&& (this.options.text().isPiecewise() || this.options.binary().isPiecewise());
		this.type = opcode;
		this.compressed = rsv1;
		this.streamed = delivery.isPiecewise() || afterClose;
		this.most = (delivery.maxMessageSize() > 0) ? delivery.maxMessageSize() : this.limits.maxMessageSize();
		this.fragments = 0;
		this.message = new byte[0];
	}

	/** Nothing is wrong with a message that nobody hears, but for the order of frames. */
	private boolean failUnlessSkipped(int bytes, int code, long length, int arrived, boolean fin) {
		if (!this.streamed || bytes <= this.closeAt) {
			return fail(bytes, code);
		}
		seen(bytes);
		this.message = new byte[0];
		this.type = (fin && arrived == length) ? 0 : this.type;
		return arrived == length;
	}

	/** What is wrong with the message so far. */
	private int fault(byte[] message, boolean whole) {
		boolean text = this.type == 1;
		if (this.compressed && this.inflation != null) {
			return whole ? this.inflation.faultOfWhole(message, text, (int) this.most)
					: this.inflation.fault(message, text, (int) this.most);
		}
		int wrong = text ? NaiveUtf8.firstWrong(message) : -1; // §8.1
		return (wrong >= 0 && (whole || wrong < message.length)) ? 1007 : 0;
	}

	/** Compressed bytes may be an eighth more than what they stand for. */
	private long onWire(long size) {
		return this.compressed ? size + size / 8 + 64 : size;
	}

	private boolean control(int opcode, byte[] payload, long length, int headerEnd) {
		if (payload.length < length) {
			return false;
		}
		int end = headerEnd + payload.length;
		switch (opcode) {
			case 8 -> {
				return close(payload, end);
			}
			case 9 -> {
				seen(end); // no matter: only the peer's Close frame ends it
				this.events.add("ping " + hex(payload));
				this.events.add("sends 8A" + hex((byte) payload.length) + hex(payload)); // §5.5.2
			}
			default -> {
				if (!seen(end)) {
					this.events.add("pong " + hex(payload));
				}
			}
		}
		return true;
	}

	private boolean close(byte[] payload, int end) {
		String answer = "sends 8800";
		String closed = "closed PEER 1005";
		if (payload.length > 0) {
			if (payload.length == 1) {
				return fail(end, 1002); // §5.5.1
			}
			int code = (payload[0] & 0xFF) * 256 + (payload[1] & 0xFF);
			boolean mayBeSent = List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014)
				.contains(code) || (code >= 3000 && code <= 4999);
			if (!mayBeSent) {
				return fail(end, 1002); // §7.4
			}
			byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
			if (NaiveUtf8.firstWrong(reason) >= 0) {
				return fail(end, 1007); // §5.5.1
			}
			answer = "sends 8802" + hex(payload[0], payload[1]);
			closed = "closed PEER " + code
					+ ((reason.length > 0) ? " " + new String(reason, StandardCharsets.UTF_8) : "");
		}
		if (seen(end)) {
			this.events.add("closed LOCAL 1000");
		}
		else {
			this.events.add(answer);
			this.events.add(closed);
		}
		this.over = true;
		return false;
	}

	/** The client has broken a rule, as is clear once so many bytes have been seen. */
	private boolean fail(int bytes, int code) {
		if (seen(bytes)) {
			this.events.add("closed LOCAL 1000");
		}
		else {
			this.events.add("sends close " + code);
			this.events.add("closed VIOLATION " + code);
		}
		this.over = true;
		return false;
	}

	/** Whether the server has closed before it has seen so many bytes. */
	private boolean seen(int bytes) {
		if (bytes > this.closeAt && !this.weClosed && !this.over) {
			this.weClosed = true;
			this.events.add("sends 880203E8");
		}
		return this.weClosed;
	}

	private static String hex(byte... bytes) {
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

}
