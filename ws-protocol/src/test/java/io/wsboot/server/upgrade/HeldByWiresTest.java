package io.wsboot.server.upgrade;

import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.spi.SessionReading;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What hosts hold for wires, of which each is within its own bounds, counts as what the
 * server itself holds. Sessions of {@code /loop} are not read before the test says so.
 */
class HeldByWiresTest {

	private static final int BUDGET = 100_000;

	private final CountDownLatch release = new CountDownLatch(1);

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.equals("open") && session.handshake().path().equals("/loop")) {
			SessionReading.of(session).pause();
		}
		if (what.startsWith("binary")) {
			this.release.await();
		}
	});

	private final BlockingQueue<Limit> limited = new LinkedBlockingQueue<>();

	private final RunningServer server = new RunningServer(this.handler,
			(options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 1000, 0, BUDGET)),
			(builder) -> builder.observer(new WsServerObserver() {

				@Override
				public void limited(Limit limit) {
					HeldByWiresTest.this.limited.add(limit);
				}

			}));

	@AfterEach
	void nothingIsLeft() {
		this.release.countDown();
		this.server.elapse(Duration.ofSeconds(2)); // ends the round that waits for
													// handlers
		this.server.expectNothingLeft();
		expectPending(0);
		this.server.close();
	}

	private MemoryWire open(String path) {
		return new MemoryWire().readingAhead()
			.adopt(Requests.accept(this.server.server.upgrades(), Requests.get(path)));
	}

	/** A session that is not read, and so many bytes of its peer. */
	private MemoryWire holding(int bytes) {
		MemoryWire wire = open("/loop");
		this.handler.expectOpen();
		wire.arrive(textOf(bytes));
		return wire;
	}

	/** A frame of so many bytes, 1,000 or more and less than 64 KiB. */
	private static byte[] textOf(int bytes) {
		return RawClient.textFrame("x".repeat(bytes - 8));
	}

	private void expectPending(long bytes) {
		Awaitility.await().untilAsserted(() -> assertThat(this.server.server.stats().pendingBytes()).isEqualTo(bytes));
	}

	private void readAll() {
		this.server.server.sessions().stream().forEach((session) -> SessionReading.of(session).resume());
	}

	private static void closeInOrder(MemoryWire wire) {
		wire.arrive(RawClient.closeFrame(1000));
		Awaitility.await().until(wire::hasEndedOutput);
		wire.end();
		wire.expectClosed();
	}

	@Test
	void countsUntilItIsRead() {
		MemoryWire wire = holding(40_000);
		expectPending(40_000);
		wire.arrive(textOf(1000));
		expectPending(41_000);
		readAll();
		this.handler.expect("text " + "x".repeat(39_992));
		this.handler.expect("text " + "x".repeat(992));
		expectPending(0);
		closeInOrder(wire);
	}

	/** The pause came behind the question, the bytes behind the pause. */
	@Test
	void countsIfTheHostAnswersAQuestionThatIsOld() {
		MemoryWire wire = open("/loop");
		SessionReading reading = SessionReading.of(this.handler.expectOpen());
		this.server.onLoop(() -> { // behind the handler's pause
			reading.resume();
			return null;
		});
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_READ));
		this.server.onLoop(() -> {
			reading.pause();
			return null;
		});
		wire.arrive(textOf(40_000));
		expectPending(40_000);
		wire.end();
		reading.resume();
	}

	@Test
	void noLongerCountsWhenTheConnectionIsGone() {
		MemoryWire wire = holding(40_000);
		expectPending(40_000);
		wire.events().gone();
		wire.expectClosed();
		wire.events().held();
	}

	/** A byte less, and all three would be served. */
	@Test
	void oneByteTooMuchCostsTheSessionThatHoldsTheMost() {
		MemoryWire little = holding(30_000);
		MemoryWire most = holding(40_000);
		MemoryWire last = holding(30_000);
		expectPending(BUDGET);
		this.server.pass();
		assertThat(this.limited).isEmpty();
		last.arrive(new byte[] { (byte) 0x81 });
		most.expect("close 1013");
		expectPending(60_001);
		this.handler.expect("close 1013");
		closeInOrder(most);
		readAll();
		this.handler.expect("text " + "x".repeat(29_992));
		this.handler.expect("text " + "x".repeat(29_992));
		Stream.of(little, last).forEach(MemoryWire::end);
		assertThat(this.limited).containsExactly(Limit.TOTAL_PENDING);
	}

	/** Whoever is told to go must not be dropped for what it had sent before. */
	@Test
	void whatIsHeldForASessionThatIsGivenUpIsDiscardedAtOnce() {
		List<MemoryWire> wires = IntStream.range(0, 4).mapToObj((i) -> holding(i * 1000 + 20_000)).toList();
		expectPending(86_000);
		MemoryWire fast = holding(60_000);
		fast.expect("close 1013");
		expectPending(86_000);
		fast.arrive(textOf(50_000));
		expectPending(86_000);
		assertThat(fast.closed()).isZero();
		closeInOrder(fast);
		wires.forEach(MemoryWire::end);
		readAll();
		assertThat(this.limited).containsExactly(Limit.TOTAL_PENDING);
	}

	/** What handlers are at work on cannot be given up: the pressure lasts. */
	@Test
	void sessionsThatHoldNothingElseAreReadUnderPressure() {
		List<RawClient> busy = IntStream.range(0, 8).mapToObj((i) -> this.server.open("/")).toList();
		busy.forEach((client) -> client.sendBinary(new byte[14_000]));
		Awaitility.await().until(() -> this.server.server.stats().pendingBytes() > BUDGET);
		MemoryWire echo = open("/echo");
		String text = "x".repeat(122); // a frame of 128 bytes
		String[] texts = IntStream.range(0, 40).mapToObj((i) -> text).toArray(String[]::new);
		echo.arrive(RawClient.join(Stream.of(texts).map(RawClient::textFrame).toArray(byte[][]::new)));
		echo.expect(texts);
		assertThat(this.server.server.stats().pendingBytes()).isGreaterThan(BUDGET);
		this.release.countDown();
		expectPending(0);
		closeInOrder(echo);
		busy.forEach(RawClient::reset);
		assertThat(this.limited).isEmpty();
	}

}
