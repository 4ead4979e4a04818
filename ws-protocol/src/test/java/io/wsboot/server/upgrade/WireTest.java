package io.wsboot.server.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.WireEvents;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Sessions over a {@link io.wsboot.server.spi.Wire}, whatever the wire does. */
class WireTest {

	private final RecordingHandler handler = new RecordingHandler();

	private final RunningServer server = new RunningServer(this.handler);

	@AfterEach
	void nothingIsLeft() {
		this.server.expectNothingLeft();
		this.server.close();
	}

	private Upgrade accept(String path) {
		return Requests.accept(this.server.server.upgrades(), Requests.get(path));
	}

	/** The peer's Close frame, and the end of its half. */
	private static void closeInOrder(MemoryWire wire) {
		wire.arrive(RawClient.join(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8 }));
		Awaitility.await().until(wire::hasEndedOutput);
		assertThat(wire.frames()).last().isEqualTo("close 1000");
		wire.end();
		wire.expectClosed();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/loop" })
	void isWatchedFromTheBeginning(String path) {
		MemoryWire wire = new MemoryWire().adopt(accept(path));
		WsSession session = this.handler.expectOpen();
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_READ));
		wire.arrive(RawClient.textFrame("one"));
		this.handler.expect("text one");
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_READ));
		session.send("two");
		wire.expect("two");
		closeInOrder(wire);
		this.handler.expect("close 1000");
	}

	@Test
	void framesBehindTheRequestComeFirst() {
		MemoryWire wire = new MemoryWire();
		wire.arrive(RawClient.textFrame("two"));
		wire.adopt(accept("/"), RawClient.textFrame("one"));
		this.handler.expectOpen();
		this.handler.expect("text one");
		this.handler.expect("text two");
		closeInOrder(wire);
	}

	@Test
	void eventsBeforeTheConnectionCount() {
		MemoryWire wire = new MemoryWire();
		Upgrade upgrade = accept("/");
		this.server.onLoop(() -> { // so that events come before the connection
			WireEvents events = upgrade.adopt(wire, ByteBuffer.allocate(0));
			events.ready(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
			events.gone();
			return null;
		});
		this.handler.expectOpen();
		this.handler.expect("close 1006");
		wire.expectClosed();
	}

	@Test
	void aHostThatGoesAwayEndsTheSessionInOrder() {
		MemoryWire wire = new MemoryWire().adopt(accept("/"));
		this.handler.expectOpen();
		wire.events().goingAway();
		wire.expect("close 1001");
		wire.events().goingAway();
		wire.arrive(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
		this.handler.expect("close 1001");
		Awaitility.await().until(wire::hasEndedOutput);
		wire.events().goingAway();
		wire.end();
		wire.expectClosed();
		assertThat(wire.frames()).containsExactly("close 1001");
		wire.events().goingAway();
	}

	@Test
	void aHostMayGoAwayBeforeTheConnection() {
		MemoryWire wire = new MemoryWire();
		Upgrade upgrade = accept("/");
		this.server.onLoop(() -> {
			wire.adopt(upgrade).events().goingAway();
			return null;
		});
		this.handler.expectOpen();
		wire.expect("close 1001");
		wire.arrive(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
		Awaitility.await().until(wire::hasEndedOutput);
		wire.end();
		this.handler.expect("close 1001");
		wire.expectClosed();
	}

	@Test
	void anEventBeforeTheConnectionLosesNoLaterOne() {
		MemoryWire wire = new MemoryWire();
		Upgrade upgrade = accept("/echo");
		this.server.onLoop(() -> {
			upgrade.adopt(wire, ByteBuffer.allocate(0)).ready(SelectionKey.OP_READ);
			return null;
		});
		MemoryWire other = new MemoryWire();
		WireEvents events = accept("/echo").adopt(other, ByteBuffer.allocate(0));
		for (int i = 0; i < 10; i++) {
			other.arrive(RawClient.textFrame("m"));
			events.ready(SelectionKey.OP_READ);
		}
		other.expect("m", "m", "m", "m", "m", "m", "m", "m", "m", "m");
		events.gone();
		other.expectClosed();
		this.server.server.sessions().stream().forEach((session) -> session.close(CloseStatus.NORMAL));
		wire.expect("close 1000");
		wire.end();
		this.server.elapse(Duration.ofSeconds(6)); // the close timeout, as nobody tells
													// of the end
	}

	@Test
	void eventsThatNobodyAskedForAreHarmless() {
		MemoryWire wire = new MemoryWire().adopt(accept("/echo"));
		int count = 300;
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int thread = 0; thread < 3; thread++) {
			threads.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 3000; i++) {
					wire.events().ready(1 + i % 255);
					wire.events().held();
				}
			}));
		}
		for (int i = 0; i < count; i++) {
			wire.arrive(RawClient.textFrame("message " + i));
		}
		threads.forEach(CompletableFuture::join);
		wire.expect(IntStream.range(0, count).mapToObj((i) -> "message " + i).toArray(String[]::new));
		closeInOrder(wire);
	}

	@Test
	void anEarlierEventDoesNotStandInForOneThatIsAskedFor() {
		MemoryWire wire = new MemoryWire();
		wire.take(0, Integer.MAX_VALUE);
		wire.adopt(accept("/echo"));
		wire.events().ready(SelectionKey.OP_WRITE); // nobody has asked
		wire.arrive(RawClient.textFrame("one")); // whose echo is blocked while it is
													// served
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_WRITE));
		wire.take(Long.MAX_VALUE, Integer.MAX_VALUE);
		wire.expect("one");
		closeInOrder(wire);
	}

	@Test
	void eventsFromWithinItsMethods() {
		AtomicReference<MemoryWire> wire = new AtomicReference<>();
		MemoryWire calling = new MemoryWire((call) -> {
			MemoryWire itself = wire.get();
			if (itself != null && !call.equals("close")) {
				itself.events().ready(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
			}
		});
		wire.set(calling.adopt(accept("/echo")));
		calling.arrive(RawClient.textFrame("one"));
		calling.expect("one");
		wire.set(null); // else the loop would never rest
		calling.arrive(RawClient.textFrame("two"));
		calling.expect("one", "two");
		closeInOrder(calling);
	}

	@Test
	void isGoneWithinItsMethods() {
		AtomicReference<MemoryWire> wire = new AtomicReference<>();
		MemoryWire calling = new MemoryWire((call) -> {
			MemoryWire itself = wire.get();
			if (itself != null) {
				itself.events().gone();
			}
		});
		wire.set(calling.adopt(accept("/")));
		this.handler.expectOpen();
		calling.arrive(RawClient.textFrame("one"));
		calling.expectClosed();
		calling.events().gone();
	}

	static Stream<Arguments> faults() {
		return Stream.of("read", "write", "flush", "watch", "held", "end output", "close")
			.flatMap((call) -> Stream.of("/echo", "/")
				.flatMap((path) -> Stream
					.of(new IOException("on purpose"), new IllegalStateException("on purpose"),
							new OutOfMemoryError("on purpose"))
					.flatMap((fault) -> IntStream.of(1, 2).mapToObj((nth) -> arguments(call, path, fault, nth)))));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void whateverItThrowsCostsItsConnectionOnly(String where, String path, Throwable fault, int nth) {
		MemoryWire beside = new MemoryWire().adopt(accept("/echo"));
		int[] calls = new int[1];
		boolean[] thrown = new boolean[1];
		MemoryWire wire = new MemoryWire((call) -> {
			if (call.equals(where) && ++calls[0] == nth) {
				thrown[0] = true;
				MemoryWireFault.raise(fault);
			}
		});
		wire.adopt(accept(path));
		if (path.equals("/")) {
			WsSession session = this.handler.expectOpen();
			session.send("from a worker's thread");
			session.send("again");
		}
		wire.arrive(RawClient.textFrame("one"));
		wire.arrive(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8 });
		if (nth == 2 || !where.equals("end output")) { // behind which there is no output
														// to end
			wire.end();
		}
		wire.expectClosed();
		beside.arrive(RawClient.textFrame("beside"));
		beside.expect("beside");
		closeInOrder(beside);
		if (nth == 1) {
			Awaitility.await().until(() -> thrown[0]);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7 })
	void takesAFewBytesAtATime(int most) {
		MemoryWire wire = new MemoryWire();
		wire.take(Long.MAX_VALUE, most);
		wire.adopt(accept("/echo"));
		String text = "x".repeat(300);
		for (int i = 0; i < 5; i++) {
			wire.arrive(RawClient.textFrame(text));
		}
		wire.expect(text, text, text, text, text);
		closeInOrder(wire);
	}

	@Test
	void takesNothingForAWhile() {
		MemoryWire wire = new MemoryWire();
		wire.take(0, Integer.MAX_VALUE);
		wire.adopt(accept("/"));
		WsSession session = this.handler.expectOpen();
		String big = "y".repeat(200_000);
		session.send(big);
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_WRITE));
		assertThat(session.queuedBytes()).isGreaterThan(200_000);
		assertThat(wire.sent()).isEmpty();
		wire.take(1000, 100);
		Awaitility.await().until(() -> wire.sent().length == 1000);
		wire.take(Long.MAX_VALUE, Integer.MAX_VALUE);
		this.handler.expect("drained");
		session.close(CloseStatus.NORMAL);
		Awaitility.await().until(() -> wire.frames().contains("close 1000"));
		wire.arrive(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8 });
		wire.end();
		wire.expectClosed();
		assertThat(session.queuedBytes()).isZero();
	}

	@Test
	void aPeerThatTakesNothingIsDropped() {
		MemoryWire wire = new MemoryWire();
		wire.take(0, Integer.MAX_VALUE);
		wire.adopt(accept("/"));
		this.handler.expectOpen().send("never read");
		Awaitility.await().until(() -> wire.isWatchedFor(SelectionKey.OP_WRITE));
		this.server.elapse(Duration.ofSeconds(31));
		this.handler.expect("close 1006");
		wire.expectClosed();
	}

	@Test
	void bigMessagesCome() {
		MemoryWire wire = new MemoryWire().adopt(accept("/echo"));
		String big = "z".repeat(150_000);
		wire.arrive(RawClient.textFrame(big));
		Awaitility.await().untilAsserted(() -> assertThat(String.join("", wire.frames())).isEqualTo(big));
		closeInOrder(wire);
	}

	@Test
	void silenceIsAnsweredByPingAndDrop() {
		MemoryWire wire = new MemoryWire().adopt(accept("/"));
		this.handler.expectOpen();
		this.server.elapse(Duration.ofSeconds(26));
		wire.expect("ping");
		this.server.elapse(Duration.ofSeconds(21));
		this.handler.expect("close 1006");
		wire.expectClosed();
	}

	@Test
	void aPeerThatDoesNotAnswerACloseIsDroppedInTime() {
		MemoryWire wire = new MemoryWire().adopt(accept("/"));
		this.handler.expectOpen().close(CloseStatus.NORMAL);
		wire.expect("close 1000");
		this.server.pass();
		this.server.elapse(Duration.ofSeconds(6));
		this.handler.expect("close 1000");
		wire.expectClosed();
	}

	@Test
	void aHostWithoutHalvesClosesBehindTheLastByte() {
		AtomicReference<MemoryWire> wire = new AtomicReference<>();
		wire.set(new MemoryWire((call) -> {
			if (call.equals("end output")) {
				wire.get().events().gone();
			}
		}));
		wire.get().adopt(accept("/"));
		this.handler.expectOpen();
		wire.get().arrive(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE8 });
		this.handler.expect("close 1000");
		wire.get().expect("close 1000");
		wire.get().expectClosed();
	}

}
