package io.wsboot.server.upgrade;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.WsServer;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Upgrades;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** When a host comes back behind the 101, or does not. */
class AdoptionTest {

	private final RecordingHandler handler = new RecordingHandler();

	private final RunningServer server = new RunningServer(this.handler);

	/** How often the owner of a socket was called. */
	private final AtomicInteger closed = new AtomicInteger();

	private final ServerSocketChannel listener = listener();

	private static ServerSocketChannel listener() {
		try {
			return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void close() throws IOException {
		this.listener.close();
		this.server.close();
	}

	private Upgrades upgrades() {
		return this.server.server.upgrades();
	}

	private Upgrade accept() {
		return Requests.accept(upgrades(), Requests.get("/"));
	}

	private RawClient connect() {
		return RawClient.connect(this.listener.socket().getLocalPort());
	}

	private SocketChannel accepted() throws IOException {
		SocketChannel socket = this.listener.accept();
		socket.configureBlocking(false);
		return socket;
	}

	private Closeable owner(SocketChannel socket) {
		return () -> {
			assertThat(socket.isOpen()).as("the socket of the owner").isFalse();
			this.closed.incrementAndGet();
		};
	}

	@Test
	void anAbandonedUpgradeGivesItsRoomBack() {
		Upgrade upgrade = accept();
		assertThat(this.server.sockets()).isEqualTo(1);
		upgrade.abandon();
		upgrade.abandon();
		this.server.expectNothingLeft();
	}

	@Test
	void anUpgradeThatIsNeverAdoptedGivesItsRoomBack() throws IOException {
		Upgrade upgrade = accept();
		this.server.elapse(Duration.ofSeconds(9));
		assertThat(this.server.sockets()).isEqualTo(1);
		this.server.elapse(Duration.ofSeconds(2));
		this.server.expectNothingLeft();
		try (RawClient client = connect(); SocketChannel socket = accepted()) {
			upgrade.adopt(socket, ByteBuffer.allocate(0), owner(socket));
			assertThat(this.closed).as("closed on the calling thread").hasValue(1);
			client.expectEof();
		}
		MemoryWire wire = new MemoryWire();
		wire.adopt(upgrade);
		assertThat(wire.closed()).isEqualTo(1);
		wire.events().ready(1);
		wire.events().gone();
		this.server.expectNothingLeft();
	}

	@Test
	void anUpgradeIsAdoptedOnce() throws IOException {
		Upgrade upgrade = accept();
		try (RawClient client = connect()) {
			SocketChannel socket = accepted();
			upgrade.adopt(socket, ByteBuffer.allocate(0), owner(socket));
			this.handler.expectOpen();
			MemoryWire wire = new MemoryWire();
			assertThatIllegalStateException().isThrownBy(() -> wire.adopt(upgrade));
			assertThat(wire.closed()).as("left to the host").isZero();
			upgrade.abandon();
			client.sendText("still here");
			this.handler.expect("text still here");
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
		this.server.expectNothingLeft();
		assertThat(this.closed).hasValue(1);
	}

	@Test
	void aSessionKeepsNoSecondAddressBesideItsSockets() throws IOException {
		try (RawClient client = connect()) {
			SocketChannel socket = accepted();
			InetSocketAddress equal = new InetSocketAddress(InetAddress.getLoopbackAddress(), client.localPort());
			Requests.accept(upgrades(), Requests.from(equal, "/")).adopt(socket, ByteBuffer.allocate(0), owner(socket));
			this.handler.expectOpen();
			assertThat(session().handshake().remoteAddress()).isSameAs(socket.getRemoteAddress());
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	@Test
	void aSessionKeepsTheAddressThatItsHostBelieves() throws IOException {
		try (RawClient client = connect()) {
			SocketChannel socket = accepted();
			InetSocketAddress believed = new InetSocketAddress("192.0.2.1", 0);
			Requests.accept(upgrades(), Requests.from(believed, "/"))
				.adopt(socket, ByteBuffer.allocate(0), owner(socket));
			this.handler.expectOpen();
			assertThat(session().handshake().remoteAddress()).isEqualTo(believed);
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	private WsSession session() {
		return this.server.server.sessions().stream().findFirst().orElseThrow();
	}

	@Test
	void aSocketInBlockingModeIsLeftToTheHost() throws IOException {
		Upgrade upgrade = accept();
		try (RawClient client = connect(); SocketChannel socket = this.listener.accept()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> upgrade.adopt(socket, ByteBuffer.allocate(0), owner(socket)));
			assertThat(socket.isOpen()).isTrue();
			assertThat(client.localPort()).isPositive();
			upgrade.abandon();
		}
		this.server.expectNothingLeft();
	}

	@Test
	void aRefusedUpgradeIsNotAdopted() {
		Upgrade upgrade = Requests.refuse(404, upgrades(), Requests.get("/nowhere"));
		assertThatIllegalStateException().isThrownBy(() -> new MemoryWire().adopt(upgrade));
		upgrade.abandon();
		this.server.expectNothingLeft();
	}

	@Test
	void aSocketThatIsClosedAlreadyOpensNoSession() throws IOException {
		Upgrade upgrade = accept();
		try (RawClient client = connect()) {
			SocketChannel socket = accepted();
			socket.close();
			upgrade.adopt(socket, ByteBuffer.allocate(0), owner(socket));
			client.expectEof();
		}
		this.server.expectNothingLeft();
		Awaitility.await().untilAsserted(() -> assertThat(this.closed).hasValue(1));
	}

	@Test
	void theHostUsesItsBuffersAgainAtOnce() {
		byte[] frames = RawClient.join(RawClient.textFrame("one"), RawClient.textFrame("two"));
		ByteBuffer received = ByteBuffer.allocate(frames.length + 2).position(1).put(frames).limit(frames.length + 1);
		received.position(1);
		Upgrade upgrade = accept();
		MemoryWire wire = new MemoryWire();
		this.server.onLoop(() -> { // so that the loop comes later than the host
			upgrade.adopt(wire, received.asReadOnlyBuffer());
			upgrade.abandon();
			assertThat(received.position()).isEqualTo(1);
			received.clear().put(new byte[received.capacity()]);
			return null;
		});
		this.handler.expectOpen();
		this.handler.expect("text one");
		this.handler.expect("text two");
		wire.end();
		this.server.server.sessions().stream().forEach((session) -> session.close(io.wsboot.CloseStatus.NORMAL));
	}

	@Test
	void aStopEndsWhatIsReserved() throws Exception {
		Upgrade upgrade = accept();
		long start = System.nanoTime();
		CompletableFuture<Void> stopped = this.server.server.stop().toCompletableFuture();
		stopped.get(4, TimeUnit.SECONDS); // the timeout of the stop is 5 s
		assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
		assertThat(this.server.sockets()).isZero();
		MemoryWire wire = new MemoryWire().adopt(upgrade);
		assertThat(wire.closed()).isEqualTo(1);
		assertThat(Requests.judge(upgrades(), Requests.get("/")).status()).isEqualTo(503);
	}

	@Test
	void aSessionThatOpensWhileTheServerStopsIsToldSo() throws Exception {
		Upgrade upgrade = accept();
		CompletableFuture<Void> stopped = this.server.server.stop().toCompletableFuture();
		Awaitility.await().until(() -> !listens(this.server.port()));
		MemoryWire wire = new MemoryWire().adopt(upgrade);
		this.handler.expectOpen();
		wire.expect("close 1001");
		wire.end();
		this.handler.expect("close 1001");
		stopped.get(10, TimeUnit.SECONDS);
		wire.expectClosed();
	}

	private static boolean listens(int port) {
		try (SocketChannel socket = SocketChannel.open()) {
			return socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void aStopEndsWhatIsBeingDecided() throws Exception {
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		try (WsServer stops = WsServer.builder().withoutListener().handler("/", new WsHandler() {

			@Override
			public CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
				return decision;
			}

		}).start()) {
			CompletableFuture<Upgrade> judged = stops.upgrades().judge(Requests.get("/")).toCompletableFuture();
			stops.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
			assertThat(judged.get(10, TimeUnit.SECONDS).status()).isEqualTo(503);
			decision.complete(HandshakeDecision.accept());
		}
	}

	@Test
	void aStopInTheMiddleClosesEverything() throws Exception {
		for (int i = 0; i < 20; i++) {
			WsServer stops = WsServer.builder().withoutListener().handler("/", this.handler).start();
			MemoryWire[] wires = new MemoryWire[8];
			Upgrade[] reserved = new Upgrade[wires.length];
			for (int wire = 0; wire < wires.length; wire++) {
				reserved[wire] = Requests.accept(stops.upgrades(), Requests.get("/"));
				wires[wire] = new MemoryWire();
			}
			CompletableFuture<Void> adopting = CompletableFuture.runAsync(() -> {
				for (int wire = 0; wire < wires.length; wire++) {
					wires[wire].adopt(reserved[wire]);
					wires[wire].end(); // the peer answers no Close
				}
			});
			stops.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
			adopting.get(10, TimeUnit.SECONDS);
			for (MemoryWire wire : wires) {
				wire.expectClosed();
			}
			assertThat(stops.sessions().count()).isZero();
		}
	}

	@Test
	void aServerWithoutAListenerLeavesNoThread() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		WsServer alone = WsServer.builder().withoutListener().handler("/", this.handler).start();
		assertThat(alone.isListening()).isFalse();
		assertThat(alone.port()).isEqualTo(-1);
		MemoryWire wire = new MemoryWire().adopt(Requests.accept(alone.upgrades(), Requests.get("/")));
		this.handler.expectOpen();
		wire.arrive(RawClient.textFrame("hello"));
		this.handler.expect("text hello");
		CompletableFuture<Void> stopped = alone.stop().toCompletableFuture();
		wire.expect("close 1001");
		wire.end();
		stopped.get(10, TimeUnit.SECONDS);
		this.handler.expect("close 1001");
		wire.expectClosed();
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("ws-")));
	}

	@Test
	@Timeout(60)
	void aThousandComeAndGo() throws Exception {
		for (Way way : new Way[] { Way.SOCKET, Way.WIRE }) {
			try (Host host = new Host(upgrades(), way)) {
				for (int i = 0; i < 1000; i++) {
					RawClient client = RawClient.open(host.port(), "/echo");
					if (i % 3 == 0) {
						client.reset();
					}
					else if (i % 3 == 1) {
						client.closeInOrder();
					}
					else {
						client.close();
					}
				}
				this.server.expectNothingLeft();
			}
		}
	}

}
