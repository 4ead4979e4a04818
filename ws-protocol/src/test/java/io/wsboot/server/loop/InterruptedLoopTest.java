package io.wsboot.server.loop;

import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event loop whose thread a handler has left interrupted: no select would wait.
 */
class InterruptedLoopTest {

	@Test
	void waitsAgain() {
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
			Awaitility.await()
				.untilAsserted(() -> assertThat(server.onLoop(() -> Thread.currentThread().isInterrupted())).isFalse());
			client.closeInOrder();
			handler.expect("close 1000");
			server.open("/echo").expectEcho("still here");
		}
	}

}
