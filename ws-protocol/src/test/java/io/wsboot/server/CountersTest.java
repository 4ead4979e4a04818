package io.wsboot.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.wsboot.SendResult;
import io.wsboot.server.PendingWrite.Kind;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.MessageType;
import io.wsboot.server.WsServerObserver.Limit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The small parts that count.
 */
class CountersTest {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@Nested
	class RateLimits {

		/** What has been counted. */
		private long count;

		private boolean allows(RateLimit limit, long now) {
			return isKept(limit.next(this.count, now), now);
		}

		private boolean allows(RateLimit limit, int bytes, long now) {
			return isKept(limit.next(this.count, now, bytes), now);
		}

		private boolean isKept(long count, long now) {
			boolean allowed = RateLimit.allows(count, now);
			this.count = allowed ? count : this.count;
			return allowed;
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 3, 7, 1000 })
		void allowABurstOfOneSecond(int perSecond) {
			RateLimit limit = new RateLimit(perSecond);
			this.count = -5;
			for (int i = 0; i < perSecond; i++) {
				assertThat(allows(limit, -5)).isTrue();
			}
			assertThat(allows(limit, -5)).isFalse();
			assertThat(allows(limit, -5 + SECOND / perSecond)).isTrue();
			assertThat(allows(limit, -5 + SECOND / perSecond)).isFalse();
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 3, 7, 1000, 10_000 })
		void ofBytesAllowABurstOfOneSecond(int perSecond) {
			RateLimit limit = new RateLimit(perSecond);
			this.count = -5;
			assertThat(allows(limit, perSecond + 1, -5)).isFalse();
			for (int i = 0; i < perSecond - 1; i++) {
				assertThat(allows(limit, 1, -5)).isTrue();
			}
			assertThat(allows(limit, 2, -5)).isFalse();
			assertThat(allows(limit, 1, -5)).isTrue();
			assertThat(allows(limit, 1, -5)).isFalse();
			assertThat(allows(limit, perSecond, -5 + SECOND)).isTrue();
			assertThat(allows(limit, 1, -5 + SECOND)).isFalse();
		}

		@ParameterizedTest
		@ValueSource(longs = { 65_537, 10_000_019, 1L << 31 })
		void ofBytesAreExactToTheNanosecondOfEachMessage(long perSecond) {
			RateLimit limit = new RateLimit(perSecond);
			long bytes = 0;
			while (allows(limit, 1000, 0)) {
				bytes += 1000;
			}
			assertThat(bytes).isBetween(perSecond - 1000, perSecond + perSecond / 400 + 1000);
		}

		@Test
		void ofBytesCountMoreThanAnIntHolds() {
			RateLimit limit = new RateLimit(1L << 33);
			for (int i = 0; i < 4; i++) {
				assertThat(allows(limit, Integer.MAX_VALUE, 0)).isTrue();
			}
			assertThat(allows(limit, Integer.MAX_VALUE, 0)).isFalse();
		}

		@Test
		void neverAllowMoreThanTwiceASecondsWorthWithinOne() {
			RateLimit limit = new RateLimit(100);
			int allowed = 0;
			for (long now = 0; now < SECOND; now += SECOND / 1000) {
				allowed += allows(limit, now) ? 1 : 0;
			}
			assertThat(allowed).isBetween(195, 200);
		}

	}

	@Nested
	class Capacities {

		private final InetAddress one = InetAddress.getLoopbackAddress();

		@Test
		void countSessionsPerAddressAndInAll() throws Exception {
			InetAddress two = InetAddress.getByAddress(new byte[] { 127, 0, 0, 2 });
			Capacity capacity = new Capacity(
					WsServerOptions.builder().maxConnections(3).admission(new AdmissionOptions(2, 0, 0)).build(), 0);
			assertThat(capacity.addSession(this.one, 0)).isNull();
			assertThat(capacity.addSession(this.one, 0)).isNull();
			assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.CONNECTIONS_PER_ADDRESS);
			assertThat(capacity.addSession(two, 0)).isNull();
			assertThat(capacity.addSession(two, 0)).isEqualTo(Limit.CONNECTIONS);
			capacity.removeSession(this.one);
			assertThat(capacity.addSession(two, 0)).isNull();
		}

		@Test
		void countNoHandshakeThatThereIsNoRoomFor() {
			Capacity capacity = new Capacity(
					WsServerOptions.builder().maxConnections(1).admission(new AdmissionOptions(0, 0, 2)).build(), 0);
			assertThat(capacity.addSession(this.one, 0)).isNull();
			assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.CONNECTIONS);
			capacity.removeSession(this.one);
			assertThat(capacity.addSession(this.one, 0)).isNull();
			capacity.removeSession(this.one);
			assertThat(capacity.addSession(this.one, 0)).isEqualTo(Limit.HANDSHAKES_PER_SECOND);
			assertThat(capacity.addSession(this.one, SECOND / 2)).isNull();
			assertThat(capacity.addSession(this.one, SECOND)).isEqualTo(Limit.CONNECTIONS);
		}

		@Test
		void leaveRoomForThoseToBeRefused() {
			Capacity capacity = new Capacity(WsServerOptions.builder().maxConnections(1).build(), 0);
			for (int i = 0; i < 1001; i++) {
				UnfinishedHandshake handshake = unfinished();
				assertThat(capacity.addSocket(handshake)).isTrue();
				capacity.finish(handshake);
			}
			assertThat(capacity.addSocket(unfinished())).isFalse();
			capacity.removeSocket();
			assertThat(capacity.sockets()).isEqualTo(1000);
			assertThat(capacity.addSocket(unfinished())).isTrue();
		}

		/**
		 * Nobody makes room before its loop has come to it, and only so many may be about
		 * to.
		 */
		@Test
		void countThoseThatAreAboutToMakeRoom() {
			Capacity capacity = new Capacity(WsServerOptions.builder().maxConnections(1).build(), 0);
			Queue<Runnable> loop = new ArrayDeque<>();
			for (int i = 0; i < 1101; i++) {
				assertThat(capacity.addSocket(new UnfinishedHandshake(this.one, loop::add))).isTrue();
			}
			UnfinishedHandshake last = new UnfinishedHandshake(this.one, loop::add);
			assertThat(capacity.addSocket(last)).isFalse();
			assertThat(loop).hasSize(100);
			loop.forEach(Runnable::run);
			assertThat(capacity.addSocket(last)).isTrue();
		}

		private UnfinishedHandshake unfinished() {
			return new UnfinishedHandshake(this.one, Runnable::run);
		}

	}

	@Nested
	class Queues {

		@Test
		void ofManyProducersLoseNothingAndKeepEachOnesOrder() throws Exception {
			MpscQueue<long[]> queue = new MpscQueue<>();
			int producers = 4;
			int items = 100_000;
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < producers; i++) {
				int name = i;
				threads.add(new Thread(() -> {
					for (int j = 0; j < items; j++) {
						queue.add(new long[] { name, j });
					}
				}));
			}
			threads.forEach(Thread::start);
			long[] next = new long[producers];
			for (int taken = 0; taken < producers * items;) {
				long[] item = queue.poll();
				if (item != null) {
					assertThat(item[1]).isEqualTo(next[(int) item[0]]++);
					taken++;
				}
			}
			for (Thread thread : threads) {
				thread.join(10_000);
			}
			assertThat(queue.isEmpty()).isTrue();
			assertThat(queue.poll()).isNull();
		}

	}

	@Nested
	class Loads {

		@Test
		void areSharesOfWindowsOfASecondOrMore() {
			LoopLoad load = new LoopLoad(0);
			load.idleFrom(SECOND / 4);
			assertThat(load.isIdle()).isTrue();
			assertThat(load.share(SECOND - 1)).isZero();
			assertThat(load.share(SECOND)).isEqualTo(0.25);
			load.busyFrom(SECOND);
			load.idleFrom(2 * SECOND);
			assertThat(load.share(2 * SECOND - 1)).isEqualTo(0.25);
			assertThat(load.share(3 * SECOND)).isEqualTo(0.5);
			assertThat(load.share(4 * SECOND)).isZero();
		}

	}

	@Nested
	class Traffics {

		@Test
		void areSumsOfRowsAndSharedCounts() {
			Traffic traffic = new Traffic(2);
			traffic.row(0).add(Direction.IN, MessageType.TEXT, 5);
			traffic.row(1).add(Direction.IN, MessageType.TEXT, 6);
			traffic.add(Direction.IN, MessageType.TEXT, 1, 7);
			traffic.add(Direction.OUT, MessageType.PONG, 1, 1);
			assertThat(traffic.messages(Direction.IN, MessageType.TEXT)).isEqualTo(3);
			assertThat(traffic.bytes(Direction.IN, MessageType.TEXT)).isEqualTo(18);
			assertThat(traffic.bytes(Direction.OUT, MessageType.PONG)).isOne();
			assertThat(traffic.messages(Direction.OUT, MessageType.BINARY)).isZero();
		}

	}

	@Nested
	class Watermarks {

		private final OutboundWatermarks watermarks = new OutboundWatermarks(
				new OutboundOptions(100, 50, OverflowPolicy.CLOSE, Duration.ZERO));

		@Test
		void takeASingleMessageOfAnySize() {
			assertThat(this.watermarks.tryReserve(1000)).isTrue();
			assertThat(this.watermarks.tryReserve(1)).isFalse();
			this.watermarks.add(-1000);
			assertThat(this.watermarks.tryReserve(60)).isTrue();
			assertThat(this.watermarks.tryReserve(41)).isFalse();
			assertThat(this.watermarks.tryReserve(40)).isTrue();
		}

		@Test
		void tellOfEachMarkOnce() {
			this.watermarks.add(50);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
			this.watermarks.add(1);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.HIGH);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
			this.watermarks.add(-25);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
			this.watermarks.add(-1);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.LOW);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
		}

		@Test
		void tellASenderThatWaitsThoughTheyWereNeverSeenFull() {
			this.watermarks.add(60);
			assertThat(this.watermarks.result()).isEqualTo(SendResult.CONGESTED);
			this.watermarks.add(-60);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.LOW);
			assertThat(this.watermarks.mark()).isEqualTo(OutboundWatermarks.Mark.NONE);
			assertThat(this.watermarks.result()).isEqualTo(SendResult.QUEUED);
		}

	}

	/** A loop's buffer is the next connection's, whatever became of this one. */
	@Test
	void aWriterThatFailsLeavesTheBufferEmpty() {
		WritableByteChannel broken = new WritableByteChannel() {

			@Override
			public int write(ByteBuffer bytes) throws IOException {
				throw new IOException("as asked");
			}

			@Override
			public boolean isOpen() {
				return true;
			}

			@Override
			public void close() {
			}

		};
		OutboundWatermarks watermarks = new OutboundWatermarks(OutboundOptions.DEFAULTS);
		OutboundWriter writer = new OutboundWriter(new WriteOnly(broken), watermarks, new OutboundListener() {

			@Override
			public void blocked() {
			}

			@Override
			public void queued(long change) {
			}

			@Override
			public void congested() {
			}

			@Override
			public void drained() {
			}

			@Override
			public void dropped(WsServerObserver.DropReason reason, int messages) {
			}

			@Override
			public void overflowed() {
			}

			@Override
			public void finished() {
			}

			@Override
			public void failed(Throwable cause) {
			}

		});
		writer.add(PendingWrite.of(Kind.FIXED, ByteBuffer.allocate(7)));
		ByteBuffer staging = ByteBuffer.allocate(100);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> writer.write(staging));
		assertThat(staging.position()).isZero();
		assertThat(staging.remaining()).isEqualTo(100);
	}

}
