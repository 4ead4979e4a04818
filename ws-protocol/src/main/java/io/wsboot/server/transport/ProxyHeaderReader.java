package io.wsboot.server.transport;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads one header of the PROXY protocol, version 1 or 2, in pieces of any size
 * (HAProxy's proxy-protocol.txt). The bytes behind the header are TLS or HTTP and stay in
 * the buffer: {@link #missing} says how many bytes can be read without passing the end of
 * the header. The reader keeps at most the longest line of version 1; the TLVs that
 * version 2 may add behind the addresses, such as a checksum, are skipped. For one thread
 * and one header.
 *
 * <pre>
 *  "PROXY "  ---> line -------------------------------> CRLF: complete
 *  signature ---> 16 bytes ---> addresses ---> TLVs --> complete
 *       |             |
 *       +-------------+-------> MalformedProxyHeader
 * </pre>
 */
final class ProxyHeaderReader {

	private static final byte[] V1 = { 'P', 'R', 'O', 'X', 'Y', ' ' };

	private static final byte[] V2 = { '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n' };

	/** The shortest header: {@code PROXY UNKNOWN} and CRLF (section 2.1). */
	private static final int SHORTEST = 15;

	/** The longest line of version 1, including CRLF (section 2.1). */
	private static final int LONGEST_LINE = 107;

	/** Version 2: signature, version and command, family, length (section 2.2). */
	private static final int V2_FIXED = 16;

	private final byte[] bytes = new byte[LONGEST_LINE];

	/** How many of the bytes are there. */
	private int size;

	/** How many bytes of the TLVs have not come yet. */
	private int skipped;

	/**
	 * Takes bytes until the header is complete or the buffer is empty.
	 * @param in bytes from position to limit; bytes behind the header stay
	 * @return the header; null if more bytes are needed
	 * @throws MalformedProxyHeader if the bytes are no header; the reader must not be
	 * used again
	 */
	@Nullable ProxyHeader read(ByteBuffer in) throws MalformedProxyHeader {
		while (in.hasRemaining()) {
			if (isBehindAddresses()) {
				int count = Math.min(this.skipped, in.remaining());
				in.position(in.position() + count);
				this.skipped -= count;
			}
			else {
				take(in.get());
			}
			if (missing() == 0) {
				return isV2() ? ProxyHeaderV2.parse(this.bytes) : ProxyHeaderV1.parse(this.bytes, this.size);
			}
		}
		return null;
	}

	/**
	 * Returns how many bytes the header still needs at least.
	 * @return 0 if the header is complete
	 */
	int missing() {
		if (this.size < SHORTEST) {
			return SHORTEST - this.size;
		}
		return isV2() ? missingOfV2() : missingOfLine();
	}

	/** Whether a header of version 2 is complete up to its TLVs. */
	private boolean isBehindAddresses() {
		return this.size >= V2_FIXED && isV2() && this.size == V2_FIXED + ProxyHeaderV2.kept(this.bytes);
	}

	private boolean isV2() {
		return this.bytes[0] == V2[0];
	}

	private int missingOfV2() {
		int known = V2_FIXED + ((this.size < V2_FIXED) ? 0 : ProxyHeaderV2.kept(this.bytes));
		return known - this.size + this.skipped;
	}

	/**
	 * Counts two bytes for CRLF, and two for each field that has not begun: a space and
	 * at least one character.
	 */
	private int missingOfLine() {
		byte last = this.bytes[this.size - 1];
		if (last == '\n') {
			return 0;
		}
		return (last == '\r') ? 1 : 2 + 2 * ProxyHeaderV1.missingFields(this.bytes, this.size);
	}

	private void take(byte b) throws MalformedProxyHeader {
		byte[] signature = (this.size == 0) ? (b == V2[0] ? V2 : V1) : isV2() ? V2 : V1;
		if (this.size < signature.length && b != signature[this.size]) {
			throw new MalformedProxyHeader("no PROXY header, or one of a version other than 1 and 2");
		}
		boolean inLine = signature == V1 && this.size >= V1.length;
		boolean endsLine = b == '\n';
		if (inLine && (endsLine != (this.bytes[this.size - 1] == '\r') || (endsLine && this.size + 1 < SHORTEST))) {
			throw new MalformedProxyHeader("a PROXY line that ends too soon, or with a CR or LF alone (section 2.1)");
		}
		this.bytes[this.size++] = b;
		if (inLine && this.size + missing() > LONGEST_LINE) {
			throw new MalformedProxyHeader("a PROXY line of more than 107 bytes (section 2.1)");
		}
		if (signature == V2 && this.size == V2_FIXED) {
			ProxyHeaderV2.check(this.bytes);
			this.skipped = ProxyHeaderV2.length(this.bytes) - ProxyHeaderV2.kept(this.bytes);
		}
	}

}
