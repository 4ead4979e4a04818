package io.wsboot.server.loop;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Memory for TLS records on their way through one event loop, which lends it for one
 * call. Made when first needed, as most servers leave TLS to somebody else.
 */
public final class TlsBuffers {

	/** Some records (RFC 8446 §5.2) at once. */
	private static final int SIZE = 4 * 17 * 1024;

	/** The most that a record holds (RFC 8446 §5.1). */
	private static final int RECORD_CONTENT = 16 * 1024;

	private final OutboundLoop loop;

	private @Nullable ByteBuffer incoming;

	private @Nullable ByteBuffer outgoing;

	TlsBuffers(OutboundLoop loop) {
		this.loop = loop;
	}

	/** On the loop. */
	public ByteBuffer incoming() {
		if (this.incoming == null) {
			this.incoming = ByteBuffer.allocateDirect(SIZE);
		}
		return this.incoming;
	}

	/**
	 * On any thread: the loop's own, or a new one.
	 * @param bytes how many bytes are to be sealed
	 * @param record how long a record may be
	 */
	public ByteBuffer outgoing(int bytes, int record) {
		if (!this.loop.isCurrent()) {
			return ByteBuffer.allocate(Math.min(SIZE, (bytes / RECORD_CONTENT + 1) * record));
		}
		if (this.outgoing == null) {
			this.outgoing = ByteBuffer.allocateDirect(SIZE);
		}
		return this.outgoing.clear();
	}

}
