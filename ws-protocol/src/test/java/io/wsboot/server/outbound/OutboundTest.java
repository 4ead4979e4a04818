package io.wsboot.server.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.ManualClock;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.LoopOutput;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.outbound.PendingWrite.Kind;
import io.wsboot.server.spi.WsServerObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the loop asks for while a worker is in the middle of writing: there, by the
 * channel that the worker writes to.
 */
class OutboundTest {

	private final List<String> happened = new ArrayList<>();

	private Runnable whileWriting = () -> {
	};

	private final WritableByteChannel channel = new WritableByteChannel() {

		@Override
		public int write(ByteBuffer bytes) throws IOException {
			int count = bytes.remaining();
			OutboundTest.this.happened.add("written " + Integer.toHexString(bytes.get(bytes.position()) & 0xFF));
			bytes.position(bytes.limit());
			Runnable once = OutboundTest.this.whileWriting;
			OutboundTest.this.whileWriting = () -> {
			};
			once.run();
			return count;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
		}

	};

	/** As told to the budget. */
	private long waiting;

	private int tellings;

	private final OutboundListener events = new OutboundListener() {

		@Override
		public void blocked() {
			OutboundTest.this.happened.add("blocked");
		}

		@Override
		public void queued(long change) {
			OutboundTest.this.waiting += change;
			OutboundTest.this.tellings++;
		}

		@Override
		public void congested() {
			OutboundTest.this.happened.add("congested");
		}

		@Override
		public void drained() {
			OutboundTest.this.happened.add("drained");
		}

		@Override
		public void dropped(WsServerObserver.DropReason reason, int messages) {
			OutboundTest.this.happened.add("dropped " + messages);
		}

		@Override
		public void overflowed() {
			OutboundTest.this.happened.add("overflowed");
		}

		@Override
		public void finished() {
			OutboundTest.this.happened.add("finished");
		}

		@Override
		public void failed(Throwable cause) {
			OutboundTest.this.happened.add("failed");
		}

	};

	private final Outbound outbound = new Outbound(new WriteOnly(this.channel), new EventLoop(0, new ManualClock()),
			this.events, new OutboundWatermarks(OutboundOptions.DEFAULTS), DataFrames.ofServer(0));

	private static PendingWrite item(Kind kind, int first) {
		return PendingWrite.of(kind, ByteBuffer.wrap(new byte[] { (byte) first, 0 }));
	}

	@Test
	void theOutputIsNotOverBeforeTheCloseFrameIsWritten() {
		this.whileWriting = () -> {
			this.outbound.sendAnyway(item(Kind.CLOSE, 0x88));
			this.outbound.finish();
		};
		this.outbound.sendAnyway(item(Kind.FIXED, 0x81));
		assertThat(this.happened).containsExactly("written 81", "written 88", "finished");
		assertThat(this.outbound.watermarks().queued()).isZero();
	}

	@Test
	void whatIsOfferedMeanwhileIsWrittenByTheSameOwner() {
		this.whileWriting = () -> {
			this.outbound.sendAnyway(item(Kind.FIXED, 0x82));
			this.outbound.sendAnyway(item(Kind.PONG, 0x8A));
		};
		this.outbound.sendAnyway(item(Kind.FIXED, 0x81));
		assertThat(this.happened).containsExactly("written 81", "written 8a");
		assertThat(this.outbound.watermarks().queued()).isZero();
	}

	@Test
	void theBudgetIsNotToldOfWhatTheSocketTakesAtOnce() {
		for (int i = 0; i < 100; i++) {
			this.outbound.sendAnyway(item(Kind.FIXED, i));
		}
		assertThat(this.happened).hasSize(100);
		assertThat(this.tellings).isZero();
	}

	@Test
	void nothingIsWrittenOnceItIsDiscarded() {
		this.whileWriting = () -> {
			this.outbound.sendAnyway(item(Kind.FIXED, 0x82));
			this.outbound.discard();
		};
		this.outbound.sendAnyway(item(Kind.FIXED, 0x81));
		this.outbound.sendAnyway(item(Kind.FIXED, 0x83));
		assertThat(this.happened).containsExactly("written 81");
		assertThat(this.outbound.watermarks().queued()).isZero();
		assertThat(this.waiting).isZero();
	}

	/** As an application may wait there for what another thread is to do. */
	@Test
	void whatHasBecomeOfAMessageIsToldWhenOthersCanWriteAgain() {
		CompletableFuture<Void> first = new CompletableFuture<>();
		first.thenRun(() -> {
			CompletableFuture<Void> second = new CompletableFuture<>();
			CompletableFuture.runAsync(() -> send(0x82, second)).join();
			assertThat(second).isCompleted();
			this.happened.add("told");
		});
		send(0x81, first);
		assertThat(first).isCompleted();
		assertThat(this.happened).containsExactly("written 81", "written 82", "told");
	}

	private void send(int first, CompletableFuture<Void> completion) {
		ByteBuffer bytes = ByteBuffer.wrap(new byte[] { (byte) first, 0 });
		this.outbound.watermarks().add(2);
		if (this.outbound.queue(PendingWrite.message(bytes, 1000, completion, null))) {
			this.outbound.write(false);
		}
	}

	@Test
	void aWriteThatFailsForWhateverReasonIsTheEndOfTheConnection() {
		CompletableFuture<Void> message = new CompletableFuture<>();
		this.whileWriting = () -> {
			throw new IllegalStateException("as asked");
		};
		send(0x81, message);
		assertThat(message).isCompletedExceptionally();
		send(0x82, message);
		assertThat(this.happened).containsExactly("written 81", "failed");
		assertThat(this.outbound.watermarks().queued()).isZero();
		assertThat(this.waiting).isZero();
	}

	/** Of a message that has begun to go out nothing else can be made. */
	@Test
	void aBufferThatAnotherThreadChangesMeanwhileIsTheEndOfTheConnection() {
		ByteBuffer payload = ByteBuffer.allocate(200);
		Outbound outbound = new Outbound(new WriteOnly(this.channel), new ThisThread(), this.events,
				new OutboundWatermarks(OutboundOptions.DEFAULTS), DataFrames.ofServer(0));
		this.whileWriting = () -> payload.position(payload.limit());
		assertThat(outbound.beginBatch(ByteBuffer.allocate(50))).isTrue();
		assertThat(outbound.sendInBatch(false, payload)).isTrue();
		assertThat(outbound.sendInBatch(false, ByteBuffer.allocate(1))).as("nothing follows").isFalse();
		outbound.sendAnyway(item(Kind.FIXED, 0x89));
		outbound.endBatch();
		assertThat(this.happened).containsExactly("written 82", "failed");
		assertThat(outbound.watermarks().queued()).isZero();
	}

	/** A loop that is always at work on something else. */
	private static final class ThisThread implements OutboundLoop {

		@Override
		public boolean hasEnded() {
			return false;
		}

		@Override
		public boolean isCurrent() {
			return true;
		}

		@Override
		public boolean mayWait() {
			return false;
		}

		@Override
		public void execute(Runnable task) {
		}

		@Override
		public void flushAtEndOfRound(LoopOutput outbound) {
		}

	}

	/** Though it is about to be written by somebody who does not come to it. */
	@Test
	void whoWaitsForRoomIsToldThatTheConnectionIsGone() throws Exception {
		this.outbound.watermarks().add(OutboundOptions.DEFAULTS.maxQueued());
		assertThat(this.outbound.queue(item(Kind.FIXED, 0x81))).as("owned, and left alone").isTrue();
		assertThat(ForeignCode.released(this.outbound)).isTrue();
		CompletableFuture<Boolean> sender = CompletableFuture
			.supplyAsync(() -> this.outbound.watermarks().await(1, this.outbound::isGone));
		assertThat(sender).isNotDone();
		this.outbound.discard();
		assertThat(sender.get(10, TimeUnit.SECONDS)).isFalse();
	}

}
