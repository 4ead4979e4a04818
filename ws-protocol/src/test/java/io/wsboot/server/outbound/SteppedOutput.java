package io.wsboot.server.outbound;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real way out of one session, between a {@link SteppedLoop} and a socket of a few
 * bytes. Where it calls out, actors may be interrupted by others, and where it calls what
 * may be foreign code the rules for that are checked.
 */
final class SteppedOutput implements OutboundSource, OutboundListener {

	private final SteppedLoop loop;

	private final Random random;

	private final int highWaterMark;

	private final OutboundWatermarks watermarks;

	final Outbound outbound;

	final OutboundSender sender;

	final SteppedPeer peer = new SteppedPeer();

	/** How many bytes the socket takes. */
	private int takes = 50;

	private boolean blocked;

	private boolean broken;

	private boolean open = true;

	private boolean gone;

	private boolean finished;

	/** As the budget is told. */
	private long told;

	/** Messages that have not been sent, as the observer is told. */
	private int dropped;

	SteppedOutput(SteppedLoop loop, OutboundOptions options, DataFrames frames, Random random) {
		this.random = random;
		this.highWaterMark = options.highWaterMark();
		this.loop = loop;
		this.watermarks = new OutboundWatermarks(options, SteppedSenders::new);
		this.outbound = new Outbound(new WriteOnly(new Socket()), loop, this, this.watermarks, frames);
		this.sender = new OutboundSender(this.outbound, this);
	}

	/**
	 * A loop that has to make room writes under the lock that orders what is compressed,
	 * as it does not wait for anything; neither do others for it, but for that long.
	 */
	private void pause() {
		if (!this.loop.isCurrent() || !isLocked()) {
			Interleaving.pause();
		}
	}

	private boolean isLocked() {
		if (this.sender.compression() == null) {
			return false;
		}
		ReentrantLock lock = get(this.sender.compression(), "lock");
		return lock.isHeldByCurrentThread();
	}

	/** The socket. */
	private int write(ByteBuffer from) throws IOException {
		pause();
		if (this.broken) {
			throw new IOException("as asked");
		}
		int count = Math.min(this.takes, from.remaining());
		this.takes -= count;
		ByteBuffer taken = from.slice().limit(count);
		from.position(from.position() + count);
		this.peer.receive(taken);
		pause();
		return count;
	}

	/** The peer has read so many bytes. */
	void read(int bytes) {
		this.takes = (int) Math.min(1_000_000, (long) this.takes + bytes);
		if (this.blocked) {
			this.blocked = false;
			this.loop.execute(() -> {
				if (!this.gone) {
					this.outbound.writable();
				}
			});
		}
	}

	/** The peer goes away without a word; it shows with the next write. */
	void reset() {
		this.broken = true;
		read(0);
	}

	/** What the loop does then. On the loop. */
	void drop() {
		if (!this.gone) {
			this.gone = true;
			this.open = false;
			this.sender.end();
			this.outbound.discard();
		}
	}

	/** As a session does. Any thread. */
	void close(Kind kind) {
		this.open = false;
		this.loop.execute(() -> {
			if (!this.gone && !this.finished) {
				this.finished = true;
				this.sender.end();
				this.outbound.sendAnyway(PendingWrite.of(kind, ByteBuffer.wrap(new byte[] { (byte) 0x88, 0 })));
				this.outbound.finish();
			}
		});
	}

	// what senders ask

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean hasMore() {
		Interleaving.pause();
		return this.random.nextInt(4) == 0;
	}

	@Override
	public void count(boolean text, int messages, int size) {
	}

	@Override
	public void close() {
		close(Kind.URGENT_CLOSE);
	}

	@Override
	public void sendingPart(boolean text, ByteBuffer sent, int size, boolean last) {
		foreign();
	}

	@Override
	public void brokenOff() {
		close(Kind.CLOSE);
	}

	@Override
	public void droppedNewest() {
		foreign();
		this.dropped++;
	}

	@Override
	public void closedAsTooSlow() {
		foreign();
	}

	static void foreign() {
		assertThat(ForeignCode.isAllowed()).isTrue();
		Interleaving.pause();
	}

	// what the owner tells

	@Override
	public void blocked() {
		Runnable task = () -> {
			this.blocked = true;
			if (this.takes > 0 || this.broken) {
				read(0);
			}
		};
		if (this.loop.isCurrent()) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	@Override
	public void queued(long change) {
		this.told += change;
		pause();
	}

	@Override
	public void congested() {
		pause();
	}

	@Override
	public void drained() {
		pause();
	}

	@Override
	public void dropped(WsServerObserver.DropReason reason, int messages) {
		foreign();
		this.dropped += messages;
	}

	@Override
	public void overflowed() {
		close(Kind.URGENT_CLOSE);
	}

	@Override
	public void finished() {
		pause();
	}

	@Override
	public void failed(Throwable cause) {
		if (!(cause instanceof IOException)) {
			throw new AssertionError("the engine failed", cause);
		}
		this.loop.execute(this::drop);
	}

	// what must always hold

	void checkBytes() {
		OutboundInbox inbox = get(this.outbound, "inbox");
		long offered = 0;
		for (PendingWrite item = get(inbox, "newest"); item != null; item = item.link) {
			offered += item.bytes.remaining();
		}
		OutboundQueue queue = queue();
		List<PendingWrite> all = new ArrayList<>(items(get(queue, "items")));
		StreamedMessageGate message = get(queue, "open");
		long waiting = 0;
		if (message != null) {
			List<PendingWrite> behind = items(message.waiting());
			all.addAll(behind);
			waiting = sum(behind);
		}
		assertThat(queue.bytes()).as("bytes in the queue").isEqualTo(sum(all));
		assertThat(queue.waitingBytes()).as("bytes behind a message").isEqualTo(waiting);
		if (get(this.outbound, "batch") != null) { // what comes next may wait for what
													// was before it
			assertThat(this.watermarks.queued()).as("room taken").isGreaterThanOrEqualTo(sum(all) + offered);
		}
		else {
			assertThat(this.watermarks.queued()).as("room taken").isEqualTo(sum(all) + offered);
		}
	}

	/** When nobody does anything. */
	void checkRest() {
		long bytes = queue().bytes();
		assertThat(this.told).as("bytes in the budget").isEqualTo(bytes);
		assertThat(this.watermarks.queued()).as("room taken").isEqualTo(bytes);
		assertThat(this.watermarks.isHigh()).as("congestion by what waits behind a message")
			.isEqualTo(bytes - queue().waitingBytes() > this.highWaterMark);
		Outcomes outcomes = queue().outcomes();
		assertThat(outcomes == null || outcomes.isEmpty()).as("all has been told").isTrue();
		if (this.gone) {
			assertThat(bytes).isZero();
		}
		else if (!this.broken) {
			assertThat(bytes).as("only what waits for the end of a message").isEqualTo(queue().waitingBytes());
			assertThat(this.peer.isBetweenFrames()).isTrue();
		}
	}

	@Override
	public String toString() {
		return "open " + this.open + ", gone " + this.gone + ", broken " + this.broken + ", blocked " + this.blocked
				+ ", waiting " + queue().bytes() + " of which " + queue().waitingBytes() + " behind a message";
	}

	private OutboundQueue queue() {
		OutboundWriter writer = get(this.outbound, "writer");
		return writer.queue();
	}

	private static long sum(List<PendingWrite> items) {
		return items.stream().mapToLong((item) -> item.bytes.remaining()).sum();
	}

	private static List<PendingWrite> items(PendingWrites items) {
		if (items == null) {
			return List.of();
		}
		ArrayDeque<PendingWrite> all = get(items, "items");
		return List.copyOf(all);
	}

	@SuppressWarnings("unchecked")
	private static <T> T get(Object owner, String field) {
		try {
			Field found = owner.getClass().getDeclaredField(field);
			found.setAccessible(true);
			return (T) found.get(owner);
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	private final class Socket implements WritableByteChannel {

		@Override
		public int write(ByteBuffer from) throws IOException {
			return SteppedOutput.this.write(from);
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
		}

	}

	/** Senders wait as actors. */
	private static final class SteppedSenders extends BlockedSenders {

		private int signals;

		@Override
		boolean await(BooleanSupplier condition) {
			foreign();
			while (!condition.getAsBoolean()) {
				int seen = this.signals;
				Interleaving.await(() -> this.signals != seen);
			}
			return true;
		}

		@Override
		void signal() {
			this.signals++;
		}

	}

}
