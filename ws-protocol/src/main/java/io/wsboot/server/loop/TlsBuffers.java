package io.wsboot.server.loop;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The buffers of one event loop for TLS records, which the loop lends for one call. The
 * buffers are allocated at their first use, as most servers leave TLS to a proxy.
 */
public final class TlsBuffers {

	/** Bytes of each buffer: four records (RFC 8446 §5.2). */
	private static final int SIZE = 4 * 17 * 1024;

	/** The most content bytes of a record (RFC 8446 §5.1). */
	private static final int RECORD_CONTENT = 16 * 1024;

	private final OutboundLoop loop;

	/** Used on the loop only. */
	private @Nullable ByteBuffer incoming;

	/** Used on the loop only. */
	private @Nullable ByteBuffer outgoing;

	TlsBuffers(OutboundLoop loop) {
		this.loop = loop;
	}

	/** Returns the buffer for records that arrive. On the loop. */
	public ByteBuffer incoming() {
		if (this.incoming == null) {
			this.incoming = ByteBuffer.allocateDirect(SIZE);
		}
		return this.incoming;
	}

	/**
	 * Returns an empty buffer for records to send: the loop's own, or a new one for any
	 * other thread.
	 * @param bytes how many bytes are to be encrypted
	 * @param record the longest record in bytes, its header included
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
