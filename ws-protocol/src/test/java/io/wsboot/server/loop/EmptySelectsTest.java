package io.wsboot.server.loop;

import java.time.Duration;

import io.wsboot.server.ManualClock;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event loop whose selector does not wait.
 */
class EmptySelectsTest {

	@Nested
	class Counting {

		private final ManualClock clock = new ManualClock();

		private final EmptySelects selects = new EmptySelects(this.clock);

		private void count(int times) {
			for (int i = 0; i < times; i++) {
				assertThat(this.selects.recordEmptySelect()).as("select %s", i).isFalse();
			}
		}

		@Test
		void manyInARowAreTooMany() {
			count(EmptySelects.MANY - 1);
			assertThat(this.selects.recordEmptySelect()).isTrue();
			count(EmptySelects.MANY - 1);
			assertThat(this.selects.recordEmptySelect()).isTrue();
		}

		@Test
		void oneWithAReasonMakesThemHarmless() {
			count(EmptySelects.MANY - 1);
			this.selects.reset();
			count(EmptySelects.MANY - 1);
		}

		@Test
		void aSecondMakesThemHarmless() {
			count(EmptySelects.MANY - 1);
			this.clock.advance(Duration.ofSeconds(1));
			count(EmptySelects.MANY - 1);
		}

	}

	@Nested
	class Replacing {

		@Test
		void movesEveryConnectionAsItIs() {
			try (RunningServer server = new RunningServer(new RecordingHandler())) {
				RawClient open = server.open("/echo");
				RawClient fresh = server.connect();
				RawClient half = server.open("/echo");
				byte[] frame = RawClient.textFrame("half");
				half.send(java.util.Arrays.copyOf(frame, 7));
				server.settle();
				for (int i = 0; i < 3; i++) {
					server.onLoop(() -> {
						try {
							server.loops().get(0).selector().replace();
							return null;
						}
						catch (java.io.IOException ex) {
							throw new java.io.UncheckedIOException(ex);
						}
					});
				}
				assertThat(server.onLoop(() -> server.loops().get(0).selector().handles())).hasSize(3);
				open.expectEcho("open");
				fresh.handshake("/echo").expectEcho("fresh");
				half.send(java.util.Arrays.copyOfRange(frame, 7, frame.length));
				assertThat(half.readText()).isEqualTo("half");
				open.closeInOrder();
				fresh.closeInOrder();
				half.reset();
				server.expectNothingLeft();
			}
		}

		@Test
		void isNotNeededForAThreadThatAHandlerLeftInterrupted() {
			RecordingHandler handler = new RecordingHandler((session, what) -> {
				if (what.equals("text interrupt")) {
					Thread.currentThread().interrupt();
				}
			});
			try (RunningServer server = new RunningServer(handler)) {
				RawClient client = server.open("/loop");
				client.sendText("interrupt");
				handler.expectOpen();
				handler.expect("text interrupt");
				org.awaitility.Awaitility.await()
					.untilAsserted(
							() -> assertThat(server.onLoop(() -> Thread.currentThread().isInterrupted())).isFalse());
				client.closeInOrder();
				handler.expect("close 1000");
				server.open("/echo").expectEcho("still here");
			}
		}

	}

}
