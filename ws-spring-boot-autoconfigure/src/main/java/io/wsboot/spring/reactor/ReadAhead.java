package io.wsboot.spring.reactor;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * The bytes that a channel has read and nobody has taken. The channel reads ahead, so
 * that a message costs no task for the channel's event loop; above {@link #MOST} bytes of
 * memory the channel stops reading until half of them are free. Buffers count with their
 * capacity: a peer that sends byte by byte makes Netty allocate a buffer for each.
 * <p>
 * The channel's event loop adds, and one other thread takes.
 */
final class ReadAhead {

	/**
	 * Bytes of memory; the channel exceeds the limit by one read. Netty reads 64 KiB at
	 * once at most, which alone must not stop it.
	 */
	private static final int MOST = 80 * 1024;

	/** What a buffer takes beside its capacity: the object, and a place in the queue. */
	private static final int BUFFER = 128;

	private final Channel channel;

	private final Queue<ByteBuf> queue = new ConcurrentLinkedQueue<>();

	/** The memory of the buffers in the queue. */
	private final AtomicInteger size = new AtomicInteger();

	/** Whether the channel has stopped reading because of the size. */
	private volatile boolean paused;

	private volatile boolean ended;

	private volatile boolean closed;

	ReadAhead(Channel channel) {
		this.channel = channel;
	}

	/** Bytes of memory that a buffer takes. */
	static int memory(ByteBuf bytes) {
		return bytes.capacity() + BUFFER;
	}

	/**
	 * Keeps bytes, and owns them from now on. On the event loop.
	 * @return how many bytes of memory more are held
	 */
	int add(ByteBuf bytes) {
		if (!bytes.isReadable()) {
			bytes.release();
			return 0;
		}
		int memory = memory(bytes);
		this.queue.add(bytes);
		int sum = this.size.addAndGet(memory);
		if (this.closed) {
			release();
		}
		else if (sum > MOST && !this.paused) {
			this.paused = true;
			this.channel.config().setAutoRead(false);
			resume(); // if the other thread has been faster
		}
		return memory;
	}

	/** On the event loop. */
	private void resume() {
		if (this.paused && this.size.get() <= MOST / 2) {
			this.paused = false;
			this.channel.config().setAutoRead(true);
		}
	}

	/** The peer will send no more bytes. Any thread. */
	void end() {
		this.ended = true;
	}

	/** Whether {@link #read} would not return 0. Any thread. */
	boolean isReady() {
		return this.ended || !isEmpty();
	}

	/** Whether all bytes that have arrived have been taken. Any thread. */
	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/** As {@link io.wsboot.server.spi.Wire#held}. Any thread. */
	int held() {
		return this.size.get();
	}

	/** As {@link io.wsboot.server.spi.Wire#read}. */
	int read(ByteBuffer into) {
		boolean last = this.ended;
		int count = 0;
		int freed = 0;
		ByteBuf next = this.queue.peek();
		while (next != null && into.hasRemaining()) {
			int length = Math.min(next.readableBytes(), into.remaining());
			int limit = into.limit();
			next.readBytes(into.limit(into.position() + length));
			into.limit(limit);
			count += length;
			if (!next.isReadable()) {
				freed += memory(next);
				this.queue.remove().release();
				next = this.queue.peek();
			}
		}
		if (freed > 0 && this.size.addAndGet(-freed) <= MOST / 2 && this.paused) {
			try {
				this.channel.eventLoop().execute(this::resume);
			}
			catch (RejectedExecutionException ex) {
				this.ended = true; // an event loop that has ended has closed its channels
			}
		}
		return (count == 0 && last) ? -1 : count;
	}

	/** Releases everything, also what still comes. Called by the thread that takes. */
	void close() {
		this.closed = true;
		release();
	}

	private void release() {
		for (ByteBuf next = this.queue.poll(); next != null; next = this.queue.poll()) {
			next.release();
		}
	}

}
