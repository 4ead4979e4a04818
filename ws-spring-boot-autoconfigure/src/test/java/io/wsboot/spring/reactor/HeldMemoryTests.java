package io.wsboot.spring.reactor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.spi.SessionReading;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.spring.reactor.HandOverTests.Echo;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wsboot.spring.reactor.FrameClient.frame;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Netty holds for sessions that are not read counts for the budget of all
 * connections, and so is bounded. Netty's allocator here counts each byte.
 */
@Timeout(60)
class HeldMemoryTests {

	private static final int BUDGET = 2 << 20;

	/** Together they would make Netty hold at least four times the budget. */
	private static final int SESSIONS = 128;

	/** More than Netty holds for one of them. */
	private static final byte[] FLOOD = frame(0x82, new byte[300_000]);

	/** Of what Netty does with the bytes of one read, beside what a session holds. */
	private static final int TRANSIENT = 512 * 1024;

	private static final EndpointOptions ON_LOOP = EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP);

	private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);

	private final AtomicInteger limited = new AtomicInteger();

	/** Is not read from the beginning. */
	private static final class Unread implements WsHandler {

		@Override
		public void onOpen(WsSession session) {
			SessionReading.of(session).pause();
		}

	}

	private NettyApp start(Transport transport) {
		return NettyApp.start(transport,
				(server) -> server.handler("/unread", new Unread(), ON_LOOP)
					.handler("/echo", new Echo(), ON_LOOP)
					.options((options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 1000, 0, BUDGET)))
					.observer(new WsServerObserver() {

						@Override
						public void limited(Limit limit) {
							HeldMemoryTests.this.limited.incrementAndGet();
						}

					}),
				(http) -> http.childOption(ChannelOption.ALLOCATOR, this.memory));
	}

	private long used() {
		return this.memory.metric().usedDirectMemory() + this.memory.metric().usedHeapMemory();
	}

	private static void readAll(NettyApp app) {
		app.engine().sessions().stream().forEach((session) -> SessionReading.of(session).resume());
	}

	private static long unread(NettyApp app) {
		return app.engine()
			.stats()
			.endpoints()
			.stream()
			.filter((endpoint) -> endpoint.path().equals("/unread"))
			.mapToLong(EndpointStats::connections)
			.sum();
	}

	@ParameterizedTest
	@EnumSource(names = { "NIO_WIRE", "EPOLL", "TLS_NIO_WIRE", "TLS_EPOLL" })
	void isBoundedForAllSessionsTogether(Transport transport) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		List<FrameClient> clients = new ArrayList<>();
		List<Future<Integer>> ends = new ArrayList<>();
		try (NettyApp app = start(transport); FrameClient beside = app.client().open("/echo")) {
			for (int i = 0; i < SESSIONS; i++) {
				clients.add(app.client().open("/unread"));
			}
			await().until(() -> unread(app) == SESSIONS);
			long before = used();
			clients.forEach((client) -> ends.add(threads.submit(() -> client.send(FLOOD).readClose())));
			await().atMost(Duration.ofSeconds(20)).during(Duration.ofMillis(200)).untilAsserted(() -> {
				beside.send(text("still here"));
				assertThat(beside.readText()).isEqualTo("still here");
				assertThat(app.engine().stats().pendingBytes()).isBetween(BUDGET / 2L, (long) BUDGET);
				assertThat(used()).isLessThan(before + BUDGET + TRANSIENT);
				assertThat(unread(app)).isBetween(1L, SESSIONS / 2L);
			});
			for (Future<Integer> end : ends) {
				if (end.isDone()) {
					assertThat(end.get()).isEqualTo(1013);
				}
			}
			assertThat(this.limited).hasValueBetween(SESSIONS / 2, SESSIONS - 1);
			for (FrameClient client : clients) {
				client.reset();
			}
			readAll(app); // else nobody sees the end
			await().until(() -> unread(app) == 0);
			assertThat(app.engine().stats().pendingBytes()).isZero();
			beside.closeInOrder();
			app.expectNothingLeft();
			await().untilAsserted(() -> assertThat(used()).isZero());
		}
		finally {
			threads.shutdownNow();
			for (FrameClient client : clients) {
				client.close();
			}
		}
	}

	/** Netty keeps the part of a TLS record that has come. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_NIO_WIRE", "TLS_EPOLL" })
	void partsOfRecordsCount(Transport transport) throws IOException {
		try (NettyApp app = start(transport)) {
			HeldBackSocket socket = new HeldBackSocket(app.http().port());
			try (FrameClient client = FrameClient.tls(socket).open("/echo")) {
				byte[] payload = new byte[10_000];
				for (int i = 0; i < 2; i++) {
					socket.hold();
					client.send(frame(0x82, payload));
					socket.release(100);
					await().untilAsserted(
							() -> assertThat(app.engine().stats().pendingBytes()).isBetween(9_900L, 70_000L));
					socket.release(0);
					assertThat(client.read(0x82)).isEqualTo(payload);
					await().until(() -> app.engine().stats().pendingBytes() == 0);
				}
			}
		}
	}

}
