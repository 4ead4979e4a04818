package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.SendResult;
import io.wsboot.WsSession;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads that wait for room before they send, whatever the overflow policy. */
@Timeout(60)
class AwaitedRoomTest {

	private static final int SIZE = 50_000;

	private final RecordingHandler handler = new RecordingHandler();

	private static RunningServer start(OverflowPolicy policy, RecordingHandler handler) {
		return new RunningServer(handler,
				(options) -> options.outbound(new OutboundOptions(2 * SIZE, SIZE + 100, policy, Duration.ZERO)));
	}

	/** Sends until there is no room; returns how many messages were sent. */
	private static int fill(WsSession session) {
		int sent = 0;
		while (session.queuedBytes() < SIZE / 2) {
			session.send(ByteBuffer.allocate(SIZE).putInt(0, sent++));
		}
		return sent;
	}

	@ParameterizedTest
	@EnumSource
	void noMessageMeetsTheOverflowPolicyHoweverBig(OverflowPolicy policy) throws Exception {
		try (RunningServer server = start(policy, this.handler)) {
			RawClient client = server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			int messages = fill(session) + 20;
			AtomicInteger sent = new AtomicInteger(messages - 20);
			Thread sender = new Thread(() -> {
				while (sent.get() < messages) {
					int size = (sent.get() % 2 == 0) ? SIZE : 10 * SIZE; // more than may
																			// wait
					if (session.awaitRoom(size)) {
						session.send(ByteBuffer.allocate(size).putInt(0, sent.getAndIncrement()));
					}
				}
			});
			sender.start();
			Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
			assertThat(sent.get()).isLessThan(messages);
			for (int i = 0; i < messages; i++) {
				assertThat(ByteBuffer.wrap(firstFrame(client).payload()).getInt()).isEqualTo(i);
			}
			sender.join(10_000);
			assertThat(sender.isAlive()).isFalse();
			assertThat(session.isOpen()).isTrue();
			client.closeInOrder();
		}
	}

	@Test
	void theWaitEndsWhenAnotherThreadClosesTheSessionThoughThePeerTakesNothing() throws Exception {
		try (RunningServer server = start(OverflowPolicy.CLOSE, this.handler)) {
			server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			BlockingQueue<Boolean> room = waiting(session);
			session.close(CloseStatus.POLICY_VIOLATION);
			assertThat(room.poll(10, TimeUnit.SECONDS)).isFalse();
			assertThat(session.awaitRoom(1)).isFalse();
		}
	}

	@Test
	void theWaitEndsWhenThePeerIsLost() throws Exception {
		try (RunningServer server = start(OverflowPolicy.CLOSE, this.handler)) {
			RawClient client = server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			BlockingQueue<Boolean> room = waiting(session);
			client.reset();
			assertThat(room.poll(10, TimeUnit.SECONDS)).isFalse();
		}
	}

	@Test
	void theWaitEndsWhenTheThreadIsInterruptedAndTheSessionGoesOn() throws Exception {
		try (RunningServer server = start(OverflowPolicy.CLOSE, this.handler)) {
			server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			AtomicInteger interrupted = new AtomicInteger();
			Thread sender = new Thread(() -> {
				while (session.awaitRoom(SIZE)) {
					session.send(ByteBuffer.allocate(SIZE));
				}
				if (Thread.currentThread().isInterrupted()) {
					interrupted.incrementAndGet();
				}
			});
			sender.start();
			Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
			sender.interrupt();
			sender.join(10_000);
			assertThat(interrupted).hasValue(1);
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void anEventLoopDoesNotWait() {
		RecordingHandler replies = new RecordingHandler((session, what) -> {
			if (what.startsWith("text")) {
				while (session.awaitRoom(SIZE)) {
					session.send(ByteBuffer.allocate(SIZE));
				}
				assertThat(session.isOpen()).isTrue();
				session.close(CloseStatus.of(4000));
			}
		});
		// far more may wait than one read's replies
		try (RunningServer server = new RunningServer(replies, (options) -> options
			.outbound(new OutboundOptions(20 * SIZE, SIZE + 100, OverflowPolicy.CLOSE, Duration.ZERO)))) {
			RawClient client = server.openWithSmallWindow("/loop");
			client.sendText("fill");
			RawClient.Frame frame = client.readFrame();
			while (frame.opcode() != RawClient.CLOSE) {
				frame = client.readFrame();
			}
			assertThat(frame.closeCode()).isEqualTo(4000);
		}
	}

	@Test
	void aMessageThatIsSentBehindAWaitIsOneThatWasQueued() {
		try (RunningServer server = start(OverflowPolicy.CLOSE, this.handler)) {
			RawClient client = server.open("/");
			WsSession session = this.handler.expectOpen();
			assertThat(session.awaitRoom(100 * SIZE)).isTrue();
			assertThat(session.send("x")).isEqualTo(SendResult.QUEUED);
			assertThat(client.readText()).isEqualTo("x");
		}
	}

	/** The first frame of the next message: big messages are fragmented. */
	private static RawClient.Frame firstFrame(RawClient client) {
		RawClient.Frame frame = client.readFrame();
		while (frame.opcode() != RawClient.BINARY) {
			frame = client.readFrame();
		}
		return frame;
	}

	/** Another thread, which sends until it waits. */
	private static BlockingQueue<Boolean> waiting(WsSession session) {
		BlockingQueue<Boolean> room = new LinkedBlockingQueue<>();
		Thread sender = new Thread(() -> {
			while (session.awaitRoom(SIZE)) {
				session.send(ByteBuffer.allocate(SIZE));
			}
			room.add(false);
		});
		sender.start();
		Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
		return room;
	}

}
