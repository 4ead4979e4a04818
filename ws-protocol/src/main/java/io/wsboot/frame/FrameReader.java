package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.wsboot.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one peer one after the other (RFC 6455 §5.2), from buffers that are
 * cut anywhere: call {@link #readHeader} until it returns true, then {@link #readPayload}
 * until nothing is {@link #remaining}. The reader takes the mask off.
 * <p>
 * The reader checks every rule that one frame can break by itself. It checks neither the
 * order of fragments, nor sizes, nor UTF-8, nor the payload of control frames. It holds
 * no payload, and between frames it holds nothing. Not thread-safe.
 */
public final class FrameReader {

	private static final int MAX_HEADER_SIZE = 14;

	private static final int MAX_CONTROL_PAYLOAD = 125;

	/** The greatest length that the second byte of a frame can tell. */
	private static final int MAX_SHORT_PAYLOAD = 125;

	/** With a masking key. */
	private static final int SHORT_HEADER_SIZE = 6;

	private static final int FINAL_TEXT = 0x81;

	private static final int FINAL_BINARY = 0x82;

	/** The mask bit that every frame must have, see {@link FrameRules}. */
	private final int mask;

	private final boolean deflates;

	/** The beginning of a header that was cut; null otherwise. */
	private @Nullable ByteBuffer partialHeader;

	private Opcode opcode = Opcode.CONTINUATION;

	private boolean fin;

	private long remaining;

	/**
	 * The masking key, rotated so that its lowest byte belongs to the next byte of the
	 * payload; 0, which changes no byte, if the frame is not masked.
	 */
	private int key;

	private boolean ascii;

	private boolean compressed;

	/**
	 * Makes a reader for one connection after the other, or for one only.
	 * @param rules whether frames must be masked
	 * @param deflates whether permessage-deflate was agreed on, so that the first frame
	 * of a message may have RSV1 set (RFC 7692 §6)
	 */
	public FrameReader(FrameRules rules, boolean deflates) {
		this.mask = rules.incomingMask();
		this.deflates = deflates;
	}

	/**
	 * Reads a header, or the part of a header that has arrived.
	 * @param in bytes from the peer, in {@link ByteOrder#LITTLE_ENDIAN little-endian}
	 * order
	 * @return true once the header is complete; false if all bytes are used and more are
	 * needed
	 * @throws ProtocolViolation 1002 if the header breaks a rule
	 */
	public boolean readHeader(ByteBuffer in) {
		if (this.partialHeader != null) {
			return continueHeader(this.partialHeader, in);
		}
		int start = in.position();
		int available = in.limit() - start;
		if (available >= 2) {
			int second = in.get(start + 1);
			int size = size(second);
			if (available >= size) {
				first(in.get(start));
				second(second);
				rest(in, start, second);
				in.position(start + size);
				return true;
			}
		}
		if (available == 0) {
			return false;
		}
		this.partialHeader = ByteBuffer.allocate(MAX_HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		return continueHeader(this.partialHeader, in);
	}

	private boolean continueHeader(ByteBuffer header, ByteBuffer in) {
		while (in.hasRemaining()) {
			header.put(in.get());
			if (header.position() == 1) {
				first(header.get(0));
			}
			else {
				int second = header.get(1);
				if (header.position() == 2) {
					second(second);
				}
				if (header.position() == size(second)) {
					rest(header, 0, second);
					this.partialHeader = null;
					return true;
				}
			}
		}
		return false;
	}

	/** The second byte of a header tells the size of the whole header. */
	private static int size(int second) {
		return 2 + FrameRules.keySize(second & FrameRules.MASK) + switch (second & 0x7F) {
			case 126 -> 2;
			case 127 -> 8;
			default -> 0;
		};
	}

	private void first(int first) {
		Opcode opcode = Opcode.of(first & 0x0F);
		if (opcode == null) {
			throw violation("reserved opcode (RFC 6455 §5.2)");
		}
		this.opcode = opcode;
		this.compressed = this.deflates && (first & 0x70) == 0x40 && opcode.beginsMessage();
		require(this.compressed || (first & 0x70) == 0, "a reserved bit is set (RFC 6455 §5.2)");
		this.fin = (first & 0x80) != 0;
		require(this.fin || !opcode.isControl(), "fragmented control frame (RFC 6455 §5.5)");
	}

	private void second(int second) {
		if ((second & FrameRules.MASK) != this.mask) {
			throw violation((this.mask != 0) ? "frame without a mask (RFC 6455 §5.1)"
					: "frame of a server with a mask (RFC 6455 §5.1)");
		}
		require(!this.opcode.isControl() || (second & 0x7F) <= MAX_CONTROL_PAYLOAD,
				"control frame above 125 bytes (RFC 6455 §5.5)");
	}

	private void rest(ByteBuffer header, int start, int second) {
		int form = second & 0x7F;
		int lengthEnd = start + 2;
		if (form < 126) {
			this.remaining = form;
		}
		else if (form == 126) {
			this.remaining = Short.reverseBytes(header.getShort(start + 2)) & 0xFFFF;
			require(this.remaining > 125, "length not in its shortest form (RFC 6455 §5.2)");
			lengthEnd += 2;
		}
		else {
			this.remaining = Long.reverseBytes(header.getLong(start + 2));
			require(this.remaining >= 0, "length with its highest bit set (RFC 6455 §5.2)");
			require(this.remaining > 0xFFFF, "length not in its shortest form (RFC 6455 §5.2)");
			lengthEnd += 8;
		}
		this.key = ((second & FrameRules.MASK) != 0) ? header.getInt(lengthEnd) : 0;
	}

	/**
	 * The most payload bytes of a message that {@link #readShortMessage} reads.
	 * @return 125; -1 if frames have no mask, as {@link #readHeader} reads all of them
	 */
	public int mostOfShort() {
		return (this.mask != 0) ? MAX_SHORT_PAYLOAD : -1;
	}

	/**
	 * Reads in one go a message that is one short masked frame and has arrived whole, as
	 * most messages of clients are. {@link #readHeader} reads every other frame, and
	 * every frame that breaks a rule. Call this method between frames only.
	 * @param in bytes from the peer, in {@link ByteOrder#LITTLE_ENDIAN little-endian}
	 * order
	 * @param to takes the payload, unmasked, from index 0
	 * @param most the most payload bytes of a short frame, -1 to {@link #mostOfShort}
	 * @return payload bytes; -1 if nothing was read
	 */
	public int readShortMessage(ByteBuffer in, byte[] to, int most) {
		assert most <= mostOfShort();
		int start = in.position();
		int payload = in.limit() - start - SHORT_HEADER_SIZE;
		if (payload < 0) {
			return -1;
		}
		int first = in.get(start) & 0xFF;
		int length = (in.get(start + 1) & 0xFF) ^ FrameRules.MASK; // above 127 without a
																	// mask
		if ((first != FINAL_TEXT && first != FINAL_BINARY) || length > most || length > payload) {
			return -1;
		}
		long seen = Masking.unmaskShort(in, start + SHORT_HEADER_SIZE, to, 0, length, in.getInt(start + 2));
		this.ascii = isAscii(seen);
		this.opcode = (first == FINAL_TEXT) ? Opcode.TEXT : Opcode.BINARY;
		this.fin = true;
		this.compressed = false;
		in.position(start + SHORT_HEADER_SIZE + length);
		return length;
	}

	/**
	 * Reads as much of the payload as has arrived and fits.
	 * @param in bytes from the peer, in {@link ByteOrder#LITTLE_ENDIAN little-endian}
	 * order
	 * @param to takes the bytes, unmasked
	 * @param at index in {@code to} of the first byte
	 * @return how many bytes were read
	 */
	public int readPayload(ByteBuffer in, byte[] to, int at) {
		int start = in.position();
		int count = (int) Math.min(this.remaining, Math.min(in.limit() - start, to.length - at));
		long seen = Masking.unmask(in, start, to, at, count, this.key);
		this.ascii = isAscii(seen);
		this.key = Masking.turn(this.key, count);
		this.remaining -= count;
		in.position(start + count);
		return count;
	}

	/**
	 * Whether a part of a header has arrived, but not the whole header.
	 * @return true if so
	 */
	public boolean isCut() {
		return this.partialHeader != null;
	}

	/**
	 * Whether all payload bytes of the last read were below 0x80.
	 * @return true if so
	 */
	public boolean ascii() {
		return this.ascii;
	}

	/**
	 * Whether the current frame begins a compressed message (RFC 7692 §6).
	 * @return the RSV1 bit
	 */
	public boolean compressed() {
		return this.compressed;
	}

	/**
	 * The opcode of the current frame.
	 * @return the opcode
	 */
	public Opcode opcode() {
		return this.opcode;
	}

	/**
	 * Whether the current frame is the last of its message.
	 * @return the FIN bit
	 */
	public boolean fin() {
		return this.fin;
	}

	/**
	 * Payload bytes of the current frame that have not been read.
	 * @return 0 or more; 0 between frames
	 */
	public long remaining() {
		return this.remaining;
	}

	private static boolean isAscii(long seen) {
		return (seen & 0x8080_8080_8080_8080L) == 0;
	}

	private static void require(boolean condition, String rule) {
		if (!condition) {
			throw violation(rule);
		}
	}

	private static ProtocolViolation violation(String rule) {
		return new ProtocolViolation(CloseStatus.PROTOCOL_ERROR, rule);
	}

}
