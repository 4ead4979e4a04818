package io.wsboot.server;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.wsboot.StreamedMessage;
import io.wsboot.WsSession;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.SessionStats.Compression;
import io.wsboot.server.spi.SessionStats.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What can be asked of one session. */
class SessionStatsTest {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

	private static WsSession only(RunningServer server) {
		return server.server.sessions().stream().findFirst().orElseThrow();
	}

	private static SessionStats stats(RunningServer server) {
		return SessionStats.of(only(server));
	}

	@Nested
	class Traffic {

		private final RecordingHandler handler = new RecordingHandler((session, what) -> {
			if (what.startsWith("text") || what.startsWith("binary")) {
				session.send("reply to " + what);
			}
		});

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void isCountedWhereverTheHandlerRuns(String path) {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open(path);
				WsSession session = this.handler.expectOpen();
				client.sendText("héllo"); // 6 bytes
				assertThat(client.readText()).isEqualTo("reply to text héllo"); // 20
				client.sendBinary(new byte[70_000]);
				assertThat(client.readText()).isEqualTo("reply to binary 70000"); // 21
				client.sendPing("not counted");
				assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
				SessionStats stats = SessionStats.of(session);
				assertThat(stats.messagesIn()).isEqualTo(2);
				assertThat(stats.bytesIn()).isEqualTo(70_006);
				assertThat(stats.messagesOut()).isEqualTo(2);
				assertThat(stats.bytesOut()).isEqualTo(41);
				client.closeInOrder();
			}
		}

		@Test
		void ofManyThreadsIsCountedExactly() throws Exception {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/loop");
				WsSession session = this.handler.expectOpen();
				List<Thread> threads = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					Thread thread = new Thread(() -> {
						for (int j = 0; j < 500; j++) {
							session.send("abc");
						}
					});
					thread.start();
					threads.add(thread);
				}
				server.server.sessions().broadcast("to all");
				for (int i = 0; i < 2001; i++) {
					client.readText();
				}
				for (Thread thread : threads) {
					thread.join();
				}
				assertThat(SessionStats.of(session).messagesOut()).isEqualTo(2001);
				assertThat(SessionStats.of(session).bytesOut()).isEqualTo(6006);
			}
		}

		@Test
		void inPartsIsOneMessage() {
			try (RunningServer server = new RunningServer(this.handler)) {
				RawClient client = server.open("/loop");
				WsSession session = this.handler.expectOpen();
				StreamedMessage<ByteBuffer> message = session.streamBinary();
				message.send(ByteBuffer.allocate(10));
				assertThat(client.readFrame().payload()).hasSize(10);
				assertThat(SessionStats.of(session).messagesOut()).isZero();
				assertThat(SessionStats.of(session).bytesOut()).isEqualTo(10);
				message.send(ByteBuffer.allocate(5));
				message.finish();
				assertThat(client.readFrame().payload()).hasSize(5);
				assertThat(client.readFrame().fin()).isTrue();
				assertThat(SessionStats.of(session).messagesOut()).isEqualTo(1);
				assertThat(SessionStats.of(session).bytesOut()).isEqualTo(15);
			}
		}

		@Test
		void thatWaitsIsSeen() throws Exception {
			CountDownLatch go = new CountDownLatch(1);
			RecordingHandler slow = new RecordingHandler((session, what) -> {
				if (what.startsWith("text")) {
					go.await();
				}
			});
			try (RunningServer server = new RunningServer(slow)) {
				RawClient client = server.openWithSmallWindow("/");
				WsSession session = slow.expectOpen();
				client.sendText("1");
				client.sendText("2");
				Awaitility.await()
					.untilAsserted(() -> assertThat(SessionStats.of(session).pendingCalls()).isEqualTo(2));
				while (!SessionStats.of(session).congested()) {
					session.send(ByteBuffer.allocate(32 * 1024));
					server.pass();
				}
				assertThat(SessionStats.of(session).queuedBytes()).isGreaterThan(64 * 1024);
				go.countDown();
			}
		}

	}

	@Nested
	class Time {

		@Test
		void sinceItWasOpenedAndHeardLast() {
			try (RunningServer server = new RunningServer(new RecordingHandler())) {
				RawClient client = server.open("/loop");
				server.settle();
				server.clock.advance(SECOND.multipliedBy(5));
				assertThat(stats(server).age()).isEqualTo(SECOND.multipliedBy(5));
				assertThat(stats(server).idle()).isEqualTo(SECOND.multipliedBy(5));
				server.pass();
				client.sendText("a");
				Awaitility.await().untilAsserted(() -> assertThat(stats(server).idle()).isZero());
				assertThat(stats(server).age()).isEqualTo(SECOND.multipliedBy(5));
			}
		}

		@Test
		void ofTheLastRoundTrip() {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.pingInterval(SECOND.multipliedBy(2)))) {
				RawClient client = server.open("/loop");
				server.settle();
				assertThat(stats(server).roundTrip()).isNull();
				server.clock.advance(SECOND.multipliedBy(3));
				server.pass();
				byte[] payload = client.readFrame().payload();
				server.clock.advance(Duration.ofMillis(7));
				client.send(RawClient.frame(0x8A, payload));
				Awaitility.await()
					.untilAsserted(() -> assertThat(stats(server).roundTrip()).isEqualTo(Duration.ofMillis(7)));
			}
		}

	}

	@Nested
	class Life {

		@Test
		void isOpenThenClosingThenClosed() {
			RecordingHandler handler = new RecordingHandler();
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open("/loop");
				WsSession session = handler.expectOpen();
				assertThat(SessionStats.of(session).state()).isEqualTo(State.OPEN);
				session.close();
				client.expectClose(1000);
				assertThat(SessionStats.of(session).state()).isEqualTo(State.CLOSING);
				client.sendClose(1000);
				handler.expect("close 1000");
				assertThat(SessionStats.of(session).state()).isEqualTo(State.CLOSED);
			}
		}

		@Test
		void belongsToAServer() {
			WsSession other = (WsSession) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { WsSession.class }, (proxy, method, arguments) -> null);
			assertThatIllegalArgumentException().isThrownBy(() -> SessionStats.of(other))
				.withMessageContaining("no session of a WsServer");
		}

	}

	@Nested
	class AgreedCompression {

		@Test
		void isNoneUnlessOffered() {
			try (RunningServer server = server(false)) {
				server.open("/loop");
				assertThat(stats(server).compression()).isNull();
			}
		}

		@ParameterizedTest
		@ValueSource(booleans = { true, false })
		void isThatOfTheHandshake(boolean takeover) {
			try (RunningServer server = server(takeover)) {
				server.connect().handshake("/loop", OFFER + "; server_max_window_bits=10");
				assertThat(stats(server).compression()).isEqualTo(new Compression(10, takeover));
			}
		}

		private static RunningServer server(boolean takeover) {
			return new RunningServer(new RecordingHandler(),
					(options) -> options.compression(new CompressionOptions(true, 6, 100, takeover)));
		}

	}

}
