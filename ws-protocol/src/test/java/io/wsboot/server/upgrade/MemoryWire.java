package io.wsboot.server.upgrade;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wire without a socket: a test hands in the bytes of the peer, and looks at the bytes
 * for the peer. Tells of an operation once for each time that it is asked to.
 */
final class MemoryWire implements Wire {

	private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	private final Calls calls;

	private final AtomicInteger writers = new AtomicInteger();

	private int read;

	private boolean ended;

	private boolean outputEnded;

	private int closed;

	private int watched;

	/** How many bytes the wire takes from now on. */
	private long room = Long.MAX_VALUE;

	/** How many bytes the wire takes at once. */
	private int most = Integer.MAX_VALUE;

	/** Whether bytes that have arrived take memory until they are read. */
	private boolean ahead;

	private @Nullable WireEvents events;

	MemoryWire() {
		this((call) -> {
		});
	}

	MemoryWire(Calls calls) {
		this.calls = calls;
	}

	/** Is told before each call, and may throw instead of it. */
	@FunctionalInterface
	interface Calls {

		void before(String call) throws IOException;

	}

	/** Like a host that reads its socket before it is asked to. */
	MemoryWire readingAhead() {
		this.ahead = true;
		return this;
	}

	MemoryWire adopt(Upgrade upgrade, byte... received) {
		WireEvents events = upgrade.adopt(this, ByteBuffer.wrap(received));
		synchronized (this) {
			this.events = events;
		}
		tell();
		return this;
	}

	WireEvents events() {
		assertThat(this.events).isNotNull();
		return this.events;
	}

	/** Bytes of the peer arrive. */
	void arrive(byte[] bytes) {
		synchronized (this) {
			this.arrived.writeBytes(bytes);
		}
		tell();
	}

	/** The peer ends its half. */
	void end() {
		synchronized (this) {
			this.ended = true;
		}
		tell();
	}

	/** The peer takes so many bytes more, at most so many at once. */
	void take(long room, int most) {
		synchronized (this) {
			this.room = room;
			this.most = most;
		}
		tell();
	}

	/** Tells what has been asked for and is there. */
	private void tell() {
		int ready;
		WireEvents events;
		synchronized (this) {
			boolean readable = this.ended || this.arrived.size() > this.read;
			ready = this.watched
					& ((readable ? SelectionKey.OP_READ : 0) | ((this.room > 0) ? SelectionKey.OP_WRITE : 0));
			events = this.events;
			if (events == null) {
				return;
			}
			this.watched &= ~ready;
		}
		if (ready != 0) {
			events.ready(ready);
		}
		else if (this.ahead) {
			events.held();
		}
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		this.calls.before("read");
		synchronized (this) {
			int count = Math.min(into.remaining(), this.arrived.size() - this.read);
			into.put(this.arrived.toByteArray(), this.read, count);
			this.read += count;
			return (count == 0 && this.ended) ? -1 : count;
		}
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		this.calls.before("write");
		assertThat(this.writers.incrementAndGet()).as("threads that write").isEqualTo(1);
		try {
			synchronized (this) {
				int count = (int) Math.min(Math.min(from.remaining(), this.most), this.room);
				byte[] bytes = new byte[count];
				from.get(bytes);
				this.sent.writeBytes(bytes);
				this.room -= count;
				return count;
			}
		}
		finally {
			this.writers.decrementAndGet();
		}
	}

	@Override
	public boolean flush() throws IOException {
		this.calls.before("flush");
		assertThat(this.writers.incrementAndGet()).as("threads that write").isEqualTo(1);
		this.writers.decrementAndGet();
		return true;
	}

	@Override
	public void watch(int operations) {
		before("watch");
		synchronized (this) {
			this.watched |= operations;
		}
		tell();
	}

	/** Of a method that throws no {@code IOException}. */
	private void before(String call) {
		try {
			this.calls.before(call);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public int held() {
		before("held");
		synchronized (this) {
			return this.ahead ? this.arrived.size() - this.read : 0;
		}
	}

	@Override
	public void endOutput() throws IOException {
		this.calls.before("end output");
		synchronized (this) {
			this.outputEnded = true;
		}
	}

	@Override
	public synchronized void close() throws IOException {
		this.closed++;
		this.calls.before("close");
	}

	synchronized int closed() {
		return this.closed;
	}

	synchronized boolean hasEndedOutput() {
		return this.outputEnded;
	}

	synchronized boolean isWatchedFor(int operation) {
		return (this.watched & operation) != 0;
	}

	synchronized byte[] sent() {
		return this.sent.toByteArray();
	}

	/** The whole text messages, and "close" with the code, that have been sent. */
	List<String> frames() {
		List<String> frames = new ArrayList<>();
		ByteBuffer in = ByteBuffer.wrap(sent());
		while (in.remaining() >= 2) {
			int opcode = in.get() & 0xF;
			int length = in.get();
			int extended = (length == 126) ? 2 : (length == 127) ? 8 : 0;
			if (in.remaining() < extended) {
				break;
			}
			long size = (extended == 2) ? in.getShort() & 0xFFFF : (extended == 8) ? in.getLong() : length;
			if (in.remaining() < size) {
				break;
			}
			byte[] payload = new byte[(int) size];
			in.get(payload);
			frames.add((opcode == 8) ? "close " + ByteBuffer.wrap(payload).getShort()
					: (opcode == 9) ? "ping" : (opcode == 10) ? "pong" : new String(payload, StandardCharsets.UTF_8));
		}
		return frames;
	}

	void expect(String... frames) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(frames()).containsExactly(frames));
	}

	void expectClosed() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(closed()).as("calls of close").isEqualTo(1));
	}

}
