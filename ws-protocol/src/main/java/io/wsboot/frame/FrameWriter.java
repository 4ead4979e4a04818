package io.wsboot.frame;

import java.nio.ByteBuffer;

/**
 * Writes the headers of frames to a client (RFC 6455 §5.2), which are not masked (§5.1).
 * Does not check what the frames say or in which order they come.
 */
public final class FrameWriter {

	private FrameWriter() {
	}

	/**
	 * The size of a header.
	 * @param length payload bytes, 0 or more
	 * @return 2, 4 or 10 bytes
	 */
	public static int headerSize(int length) {
		if (length < 126) {
			return 2;
		}
		return (length <= 0xFFFF) ? 4 : 10;
	}

	/**
	 * Writes a header.
	 * @param out takes the header, whatever its order
	 * @param opcode what the frame is
	 * @param fin whether it is the last of its message
	 * @param length payload bytes that will follow, 0 or more
	 */
	public static void writeHeader(ByteBuffer out, Opcode opcode, boolean fin, int length) {
		writeHeader(out, opcode, fin, false, length);
	}

	/**
	 * Writes a header.
	 * @param out takes the header, whatever its order
	 * @param opcode what the frame is
	 * @param fin whether it is the last of its message
	 * @param compressed whether it begins a compressed message (RFC 7692 §6)
	 * @param length payload bytes that will follow, 0 or more
	 */
	public static void writeHeader(ByteBuffer out, Opcode opcode, boolean fin, boolean compressed, int length) {
		int first = opcode.code() | (fin ? 0x80 : 0) | (compressed ? 0x40 : 0);
		if (length < 126) {
			out.put((byte) first).put((byte) length);
		}
		else if (length <= 0xFFFF) {
			out.put((byte) first).put((byte) 126).put((byte) (length >>> 8)).put((byte) length);
		}
		else {
			out.put((byte) first).put((byte) 127).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
			out.put((byte) (length >>> 24)).put((byte) (length >>> 16)).put((byte) (length >>> 8)).put((byte) length);
		}
	}

}
