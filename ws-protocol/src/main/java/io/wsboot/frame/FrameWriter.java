package io.wsboot.frame;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Writes frames, a header and then its payload (RFC 6455 §5.2), and masks them if its
 * rules say so (§5.3). The writer checks neither the payload of a frame nor the order of
 * frames. Keeps no state: any thread may write any frame.
 */
public final class FrameWriter {

	/** The mask bit that every frame gets, see {@link FrameRules}. */
	private final int mask;

	/**
	 * Makes a writer.
	 * @param rules whether frames are masked
	 */
	public FrameWriter(FrameRules rules) {
		this.mask = rules.outgoingMask();
	}

	/**
	 * The size of a header.
	 * @param length payload bytes, 0 or more
	 * @return 2, 4 or 10 bytes, and 4 more for a masking key
	 */
	public int headerSize(int length) {
		int unmasked = (length < 126) ? 2 : (length <= 0xFFFF) ? 4 : 10;
		return unmasked + FrameRules.keySize(this.mask);
	}

	/**
	 * Writes a header.
	 * @param out takes the header, in either byte order
	 * @param opcode the opcode
	 * @param fin whether the frame is the last of its message
	 * @param compressed whether the frame begins a compressed message (RFC 7692 §6)
	 * @param length payload bytes that will follow, 0 or more
	 * @return the masking key for {@link #writePayload}; 0 if the frame is not masked
	 */
	public int writeHeader(ByteBuffer out, Opcode opcode, boolean fin, boolean compressed, int length) {
		int first = opcode.code() | (fin ? 0x80 : 0) | (compressed ? 0x40 : 0);
		if (length < 126) {
			out.put((byte) first).put((byte) (this.mask | length));
		}
		else if (length <= 0xFFFF) {
			out.put((byte) first).put((byte) (this.mask | 126)).put((byte) (length >>> 8)).put((byte) length);
		}
		else {
			out.put((byte) first).put((byte) (this.mask | 127)).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
			out.put((byte) (length >>> 24)).put((byte) (length >>> 16)).put((byte) (length >>> 8)).put((byte) length);
		}
		return (this.mask != 0) ? writeKey(out) : 0;
	}

	private static int writeKey(ByteBuffer out) {
		int key = MaskingKeys.RANDOM.nextInt();
		out.put((byte) key).put((byte) (key >>> 8)).put((byte) (key >>> 16)).put((byte) (key >>> 24));
		return key;
	}

	/**
	 * Writes the payload of a frame, or the next part of the payload.
	 * @param out takes the bytes
	 * @param payload the bytes from position to limit; its position moves to its limit
	 * @param key the key that {@link #writeHeader} or the call before has returned
	 * @return the key for the next part
	 */
	public int writePayload(ByteBuffer out, ByteBuffer payload, int key) {
		int start = out.position();
		out.put(payload);
		if (key == 0) {
			return 0; // a mask of zeros changes nothing
		}
		Masking.mask(out, start, out.position(), key);
		return Masking.turn(key, out.position() - start);
	}

	/** Made for the first masked frame, as a server never needs any. */
	private static final class MaskingKeys {

		/** No peer may foretell a key (RFC 6455 §5.3). */
		static final SecureRandom RANDOM = new SecureRandom();

	}

}
