package io.wsboot.spring.reactor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCounted;

/**
 * Tells how much memory Netty's TLS handler holds for a record that has come in part. The
 * handler gathers in a buffer, decrypts the whole records at the beginning of the buffer,
 * and keeps the buffer for what is left ({@code SslHandler.decodeJdkCompatible}); this
 * class puts bytes into that buffer as the handler itself would, and looks for what will
 * be left. OpenSSL takes parts of records too, and keeps them outside of the heap.
 */
final class PartialRecord implements ByteToMessageDecoder.Cumulator {

	/** Type, version and length of a record (RFC 8446 §5.1). */
	private static final int HEADER = 5;

	/** Bytes of memory. The event loop writes, any thread reads. */
	private volatile int held;

	/** What {@link #grown} has seen. On the event loop. */
	private int seen;

	/** Watches the TLS handler of a channel, if there is one and TLS is the JDK's. */
	void watch(Channel channel) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		if (tls != null && !(tls.engine() instanceof ReferenceCounted)) {
			tls.setCumulator(this);
		}
	}

	@Override
	public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf arrived) {
		ByteBuf all = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, before, arrived);
		int next = all.readerIndex();
		int left = all.readableBytes();
		while (left >= HEADER && left >= HEADER + all.getUnsignedShort(next + 3)) {
			int length = HEADER + all.getUnsignedShort(next + 3);
			next += length;
			left -= length;
		}
		int memory = (left > 0) ? ReadAhead.memory(all) : 0;
		if (memory != this.held) {
			this.held = memory;
		}
		return all;
	}

	/** Bytes of memory. Any thread. */
	int held() {
		return this.held;
	}

	/** How many bytes of memory more than at the last call. On the event loop. */
	int grown() {
		int grown = Math.max(0, this.held - this.seen);
		this.seen = this.held;
		return grown;
	}

}
