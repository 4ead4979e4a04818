package io.wsboot.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.server.config.InboundOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Too much of what is allowed in small amounts, and too little of what is due.
 */
class FloodsTest {

	@Nested
	class Peers {

		@Test
		void thatPingAndNeverReadHoldOnePong() {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.idleTimeout(Duration.ZERO)
						.pingInterval(Duration.ZERO)
						.inbound(new InboundOptions(256, 1 << 20, 0, 100_000_000)))) {
				RawClient canary = server.open("/echo");
				RawClient flood = server.openWithSmallWindow("/echo");
				byte[] ping = RawClient.frame(0x89, new byte[125]);
				byte[] pings = new byte[500 * ping.length];
				for (int i = 0; i < pings.length; i += ping.length) {
					System.arraycopy(ping, 0, pings, i, ping.length);
				}
				int sent = 0;
				while (server.server.stats().queuedBytes() == 0) {
					flood.send(pings);
					sent += pings.length;
					assertThat(sent).as("bytes of Pings whose Pongs the system swallows").isLessThan(100_000_000);
				}
				for (int i = 0; i < 100; i++) {
					flood.send(pings);
				}
				canary.expectEcho("still here");
				assertThat(server.server.stats().queuedBytes()).isLessThan(70_000);
				canary.closeInOrder();
				// the system may take a few bytes more at any time, and the stall begins
				// anew
				Awaitility.await().until(() -> {
					server.advance(Duration.ofSeconds(31));
					return server.server.sessions().count() == 0;
				});
				server.expectNothingLeft();
			}
		}

		@Test
		void thatSendTheirHeadSlowlyHaveNoMoreTimeThanOthers() {
			try (RunningServer server = new RunningServer(new RecordingHandler())) {
				RawClient slow = server.connect();
				Awaitility.await().until(() -> server.server.sockets() == 1);
				server.settle();
				String head = RawClient.head("/echo");
				for (int i = 0; i < 9; i++) {
					slow.send(head.substring(i, i + 1));
					server.advance(Duration.ofSeconds(1));
				}
				assertThat(server.server.sockets()).isOne();
				slow.send(head.substring(9, 10));
				server.advance(Duration.ofSeconds(1).plus(ManualClock.TICK));
				slow.expectEnd();
				server.expectNothingLeft();
			}
		}

		@Test
		void thatNeverShakeHandsAreGoneAtTheDeadline() {
			try (RunningServer server = new RunningServer(new RecordingHandler())) {
				List<RawClient> silent = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					silent.add(server.connect());
				}
				Awaitility.await().until(() -> server.server.sockets() == 200);
				server.open("/echo").closeInOrder();
				server.advance(Duration.ofSeconds(10).plus(ManualClock.TICK));
				silent.forEach(RawClient::expectEnd);
				server.expectNothingLeft();
			}
		}

		@Test
		void thatDeclareMuchReserveNothing() {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.maxFrameSize(Integer.MAX_VALUE).maxMessageSize(Integer.MAX_VALUE))) {
				byte[] header = { (byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0x7F, -1, -1, -1, 0, 0, 0, 0 };
				List<RawClient> clients = new ArrayList<>();
				for (int i = 0; i < 50; i++) { // 100 GiB in all
					RawClient client = server.open("/echo");
					client.send(header, new byte[1000]);
					clients.add(client);
				}
				server.settle();
				server.open("/echo").closeInOrder();
				clients.forEach(RawClient::reset);
				server.expectNothingLeft();
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 0x89, 0x8A })
		void thatSendTooManyControlFramesAreClosed(int first) {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 100)))) {
				RawClient client = server.open("/echo");
				byte[] frame = RawClient.frame(first);
				byte[] frames = new byte[101 * frame.length];
				for (int i = 0; i < frames.length; i += frame.length) {
					System.arraycopy(frame, 0, frames, i, frame.length);
				}
				client.send(Arrays.copyOf(frames, frames.length - frame.length));
				for (int i = 0; first == 0x89 && i < 100; i++) {
					assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
				}
				client.expectEcho("enough is allowed");
				client.send(frame);
				client.expectClose(1008);
				client.expectEof();
				client.close();
				server.expectNothingLeft();
			}
		}

		@Test
		void thatPingTooMuchBehindOurCloseAreNotWaitedFor() {
			try (RunningServer server = new RunningServer(new RecordingHandler(),
					(options) -> options.inbound(new InboundOptions(256, 1 << 20, 0, 100)))) {
				RawClient client = server.open("/echo");
				Awaitility.await().until(() -> server.server.sessions().count() == 1);
				server.server.sessions().stream().forEach((session) -> session.close(CloseStatus.NORMAL));
				client.expectClose(1000);
				for (int i = 0; i < 101; i++) {
					client.sendPing("?");
				}
				for (int i = 0; i < 100; i++) {
					assertThat(client.readFrame().opcode()).isEqualTo(RawClient.PONG);
				}
				client.expectEof();
				client.close();
				server.expectNothingLeft();
			}
		}

	}

	@Nested
	class Errors {

		private static final class Fatal extends Error {

			private static final long serialVersionUID = 1;

			@Override
			public String getMessage() {
				throw new AssertionError("even asking fails");
			}

		}

		static Stream<Arguments> rows() {
			List<Supplier<Error>> errors = List.of(StackOverflowError::new, () -> new OutOfMemoryError("simulated"),
					() -> new AssertionError("wrong"), () -> new NoClassDefFoundError("some/Type"));
			return Stream.of("open", "text a", "binary 1", "pong p", "close 1000")
				.flatMap((what) -> Stream.of("/", "/loop")
					.flatMap((path) -> errors.stream().map((error) -> Arguments.of(what, path, error.get()))));
		}

		@ParameterizedTest(name = "{2} in \"{0}\" at {1}")
		@MethodSource("rows")
		void costTheirOwnSession(String callback, String path, Error error) {
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				if (what.equals(callback)) {
					throw error;
				}
			});
			try (RunningServer server = new RunningServer(handler)) {
				RawClient canary = server.open("/echo");
				RawClient client = server.open(path);
				handler.expectOpen();
				if (callback.equals("close 1000")) {
					client.closeInOrder();
				}
				else {
					client.send(RawClient.textFrame("a"), RawClient.frame(0x82, (byte) 1),
							RawClient.frame(0x8A, (byte) 'p'));
					client.expectClose(1011);
					client.sendClose(1011);
					client.expectEof();
					client.close();
				}
				server.expectNothingLeft(1);
				assertThat(closes(handler)).isOne();
				canary.expectEcho("still here");
				canary.closeInOrder();
			}
		}

		private static int closes(RecordingHandler handler) {
			int closes = 0;
			for (RecordingHandler.Call call = handler.next();; call = handler.next()) {
				closes += call.what().startsWith("close") ? 1 : 0;
				if (closes > 0) {
					return closes;
				}
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void thatCannotEvenBeLoggedEndTheSession(String path) {
			WsHandler handler = new WsHandler() {

				@Override
				public void onText(io.wsboot.WsSession session, String text) {
					throw new Fatal();
				}

			};
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open(path);
				client.sendText("a");
				client.expectClose(1011);
				client.sendClose(1011);
				client.expectEof();
				server.open(path).closeInOrder();
				server.open("/echo").expectEcho("still here");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/loop" })
		void inTheDecisionRefuseTheHandshake(String path) {
			WsHandler handler = new WsHandler() {

				@Override
				public java.util.concurrent.CompletionStage<HandshakeDecision> onHandshake(HandshakeRequest request) {
					throw new StackOverflowError();
				}

			};
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.connect();
				client.send(RawClient.head(path));
				assertThat(client.readResponse().status()).isEqualTo(500);
				client.expectEof();
				client.close();
				server.expectNothingLeft();
			}
		}

	}

}
