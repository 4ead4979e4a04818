package io.wsboot.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.OutboundOptions;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.transport.TlsTransport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What TLS changes about who waits for whom; the rest is in {@link FlowControlTest}.
 */
@Timeout(60)
class TlsFlowTest {

	private static final int SIZE = 16 * 1024;

	private final RecordingHandler handler = new RecordingHandler();

	/** All records are read at once, but few of the messages that they hold are taken. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void recordsThatAreLeftOverAreOpenedWhenTheHandlerIsDone(Wire wire) {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger received = new AtomicInteger();
		WsHandler slow = new WsHandler() {

			@Override
			public void onBinary(WsSession session, ByteBuffer payload) throws Exception {
				release.await();
				assertThat(payload.getInt()).isEqualTo(received.getAndIncrement());
			}

		};
		try (RunningServer server = wire.start(slow,
				(options) -> options.inbound(new InboundOptions(1, 1 << 20, 0, 1000)))) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/");
			byte[] records = new byte[0];
			for (int i = 0; i < 40; i++) {
				byte[] payload = ByteBuffer.allocate(10_000).putInt(0, i).array();
				records = RawClient.join(records, tls.seal(RawClient.frame(0x82, payload)));
			}
			tls.send(records);
			server.settle();
			assertThat(received.get()).isZero();
			release.countDown();
			Awaitility.await().until(() -> received.get() == 40);
			client.closeInOrder();
		}
	}

	/** A peer that sends without reading gains no time by it. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void aPeerThatTakesNothingIsDroppedThoughItSends(Wire wire) {
		try (RunningServer server = wire.start(this.handler, (options) -> options.pingInterval(Duration.ZERO)
			.outbound(new OutboundOptions(10 * SIZE, 4 * SIZE, OverflowPolicy.DROP_NEWEST, Duration.ofSeconds(30))))) {
			RawClient client = server.openWithSmallWindow("/");
			WsSession session = this.handler.expectOpen();
			fill(session);
			for (int i = 0; i < 4; i++) {
				server.advance(Duration.ofSeconds(7));
				client.sendText("busy " + i);
				expectIgnoringDrops("text busy " + i);
			}
			assertThat(server.server.sockets()).isOne();
			server.advance(Duration.ofSeconds(3));
			expectIgnoringDrops("close 1006");
			server.expectNothingLeft();
		}
	}

	private static void fill(WsSession session) {
		byte[] message = new byte[SIZE];
		AtomicInteger same = new AtomicInteger();
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
			SendResult result = SendResult.QUEUED;
			int sent = 0;
			while (result != SendResult.DROPPED) {
				result = session.send(ByteBuffer.wrap(message));
				sent++;
			}
			return ((sent > 1) ? same.getAndSet(0) : same.incrementAndGet()) >= 20;
		});
	}

	private void expectIgnoringDrops(String what) {
		String next = this.handler.next().what();
		while (next.startsWith("dropped") || next.equals("drained")) {
			next = this.handler.next().what();
		}
		assertThat(next).isEqualTo(what);
	}

	/** As without TLS, any byte is a sign of life: the record may take its time. */
	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void partOfARecordIsASignOfLife(Wire wire) {
		try (RunningServer server = wire.start(this.handler,
				(options) -> options.pingInterval(Duration.ZERO).idleTimeout(Duration.ofSeconds(60)))) {
			TlsClient tls = wire.client(server).shakeHands();
			RawClient client = tls.raw().handshake("/echo");
			byte[] record = tls.seal(RawClient.textFrame("slow"));
			int half = record.length / 2;
			server.advance(Duration.ofSeconds(50));
			tls.send(Arrays.copyOf(record, half));
			server.settle();
			server.advance(Duration.ofSeconds(50));
			tls.send(Arrays.copyOfRange(record, half, record.length));
			assertThat(client.readText()).isEqualTo("slow");
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TLS_1_2", "TLS_1_3" })
	void anIdleConnectionHoldsNoRecords(Wire wire) {
		try (RunningServer server = wire.start(this.handler)) {
			RawClient client = server.open("/echo");
			client.expectEcho("x".repeat(50_000));
			client.expectEcho("y");
			server.pass();
			TlsTransport transport = server.onLoop(() -> onlyTransport(server.server.loops().get(0)));
			assertThat(field(transport, "sealed")).isNull();
			assertThat(field(field(transport, "output"), "unsent")).isNull();
			client.closeInOrder();
		}
	}

	private static TlsTransport onlyTransport(EventLoop loop) {
		return (TlsTransport) field(loop.selector().handles().get(0), "transport");
	}

	private static @Nullable Object field(@Nullable Object owner, String name) {
		try {
			java.lang.reflect.Field field = owner.getClass().getDeclaredField(name);
			field.setAccessible(true);
			return field.get(owner);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
