package io.wsboot.server.outbound;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.wsboot.Message;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.outbound.PendingWrite.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutboundQueueTest {

	private static final int PAYLOAD = 100;

	private final DataFrames frames = DataFrames.ofServer(PAYLOAD);

	private final OutboundQueue queue = new OutboundQueue();

	private PendingWrite message(int frameCount, CompletableFuture<Void> completion) {
		MessageEncoder message = MessageEncoder.of(this.frames, Message.binary(new byte[frameCount * PAYLOAD]));
		return message.queued(message.plain(), completion);
	}

	private static PendingWrite control(Kind kind, int first) {
		return PendingWrite.of(kind, ByteBuffer.wrap(new byte[] { (byte) first, 0 }));
	}

	/** Writes so many bytes, and gives them. */
	private byte[] write(int most) {
		byte[] bytes = new byte[this.queue.isEmpty() ? 0 : Math.min(most, this.queue.items().next(most).remaining())];
		if (bytes.length > 0) {
			this.queue.items().next(most).get(bytes);
			this.queue.written(bytes.length);
		}
		return bytes;
	}

	/** The first bytes of all frames in the queue, from one that has not begun. */
	private List<Integer> frames() {
		ByteBuffer all = this.queue.items().copyTo(ByteBuffer.allocate(10_000)).flip();
		List<Integer> firsts = new ArrayList<>();
		while (all.hasRemaining()) {
			firsts.add(all.get() & 0xFF);
			int length = all.get();
			all.position(all.position() + length);
		}
		return firsts;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 50, 101, 102, 103, 203, 204, 205, 305 })
	void aPongGoesBetweenFramesAndAnUrgentCloseNext(int begun) {
		this.queue.add(message(3, null));
		this.queue.add(message(1, null));
		write(begun);
		int restOfFrame = (102 - begun % 102) % 102;
		this.queue.add(control(Kind.PONG, 0x8A));
		write(restOfFrame);
		List<Integer> all = frames();
		assertThat(all).contains(0x8A);
		if (begun == 0) {
			assertThat(all.get(0)).isEqualTo(0x8A);
		}
		assertThat(all.indexOf(0x8A)).as("%s", all).isLessThanOrEqualTo(1);
		this.queue.add(control(Kind.URGENT_CLOSE, 0x88));
		all = frames();
		assertThat(all.indexOf(0x88)).isEqualTo(all.size() - 1).isLessThanOrEqualTo(2);
	}

	@Test
	void onlyTheNewestPongWaits() {
		this.queue.add(message(1, null));
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).isEqualTo(2);
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).isZero();
		assertThat(frames()).containsExactly(0x8A, 0x82);
	}

	/** RFC 6455 §5.5.2: only the peer's Close frame ends the duty to answer Pings. */
	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "CLOSE", "URGENT_CLOSE" })
	void onlyAPongGoesBehindAClose(Kind close) {
		this.queue.add(control(close, 0x88));
		assertThat(write(1)).containsExactly(0x88);
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).isEqualTo(2);
		assertThat(this.queue.add(control(Kind.FIXED, 0x89))).isZero();
		assertThat(this.queue.add(message(1, null))).isZero();
		assertThat(write(10)).containsExactly(0, 0x8A, 0);
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).as("behind one that is written").isEqualTo(2);
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).as("instead of one that waits").isZero();
		assertThat(frames()).containsExactly(0x8A);
		this.queue.clear();
		assertThat(this.queue.add(control(Kind.PONG, 0x8A))).as("nobody is there").isZero();
	}

	@Test
	void noMessageGoesBehindAClose() {
		CompletableFuture<Void> late = new CompletableFuture<>();
		this.queue.add(control(Kind.CLOSE, 0x88));
		assertThat(this.queue.add(message(1, late))).isZero();
		assertThat(late).isNotDone();
		this.queue.outcomes().tell();
		assertThat(late).isCompletedExceptionally();
		assertThat(frames()).containsExactly(0x88);
	}

	@Test
	void theOldestOfWhichNothingIsWrittenIsDroppedButNotTheNewest() {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			all.add(new CompletableFuture<>());
			this.queue.add(message(1, all.get(i)));
		}
		write(1);
		this.queue.add(control(Kind.FIXED, 0x89));
		assertThat(this.queue.dropOldest()).isEqualTo(102);
		assertThat(this.queue.dropOldest()).isEqualTo(102);
		this.queue.add(message(1, null));
		assertThat(this.queue.dropOldest()).isEqualTo(102);
		assertThat(this.queue.dropOldest()).isZero();
		this.queue.outcomes().tell();
		assertThat(all).extracting(CompletableFuture::isCompletedExceptionally)
			.containsExactly(false, true, true, true);
		write(101);
		this.queue.outcomes().tell();
		assertThat(all.get(0)).isCompleted();
		assertThat(frames()).containsExactly(0x89, 0x82);
	}

	@Test
	void whatIsGivenUpIsTold() {
		CompletableFuture<Void> message = new CompletableFuture<>();
		this.queue.add(message(2, message));
		write(150);
		this.queue.clear();
		this.queue.outcomes().tell();
		assertThat(message).isCompletedExceptionally();
		assertThat(this.queue.isEmpty()).isTrue();
	}

	/** Whatever is added when, whole frames come out in a legal order, and all bytes. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void whatComesOutIsFrames(long seed) {
		Random random = new Random(seed);
		ByteBuffer out = ByteBuffer.allocate(1_000_000);
		long waiting = 0;
		for (int i = 0; i < 500; i++) {
			PendingWrite item = switch (random.nextInt(4)) {
				case 0 -> control(Kind.PONG, 0x8A);
				case 1 -> control(Kind.FIXED, 0x89);
				default -> message(1 + random.nextInt(4), null);
			};
			waiting += this.queue.add(item);
			byte[] written = write(random.nextInt(500));
			waiting -= written.length;
			out.put(written);
			if (random.nextInt(10) == 0) {
				waiting -= this.queue.dropOldest();
			}
		}
		waiting += this.queue.add(control(Kind.URGENT_CLOSE, 0x88));
		out.put(this.queue.items().copyTo(ByteBuffer.allocate((int) waiting)).flip());
		assertThat(write(Integer.MAX_VALUE)).hasSize((int) waiting);
		assertThat(this.queue.isEmpty()).isTrue();
		checkFrames(out.flip());
	}

	private static void checkFrames(ByteBuffer wire) {
		boolean inMessage = false;
		int first = 0;
		while (wire.hasRemaining()) {
			first = wire.get() & 0xFF;
			int length = wire.get();
			wire.position(wire.position() + length);
			if ((first & 8) == 0) {
				assertThat(first & 0xF).isEqualTo(inMessage ? 0 : 2);
				inMessage = (first & 0x80) == 0;
			}
		}
		assertThat(first).isEqualTo(0x88);
	}

}
