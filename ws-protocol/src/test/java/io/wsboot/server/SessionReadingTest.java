package io.wsboot.server;

import io.wsboot.WsSession;
import io.wsboot.server.spi.SessionReading;
import org.junit.jupiter.api.Test;

/** Handlers that take messages as they want them. */
class SessionReadingTest {

	private final RecordingHandler handler = new RecordingHandler((session, what) -> {
		if (what.equals("text pause")) {
			SessionReading.of(session).pause();
		}
	});

	@Test
	void noMessageFollowsAPauseUntilReadingGoesOn() {
		try (RunningServer server = new RunningServer(this.handler);
				RawClient client = RawClient.open(server.port(), "/loop")) {
			WsSession session = this.handler.expectOpen();
			client.send(RawClient.textFrame("pause"), RawClient.textFrame("one"), RawClient.textFrame("two"));
			this.handler.expect("text pause");
			server.pass(); // the handler has paused by now
			this.handler.expectNothing();
			SessionReading.of(session).resume();
			this.handler.expect("text one");
			this.handler.expect("text two");
			SessionReading.of(session).resume(); // in vain
			client.closeInOrder();
			this.handler.expect("close 1000");
		}
	}

	@Test
	void aSessionThatIsClosedIsReadAllTheSame() {
		try (RunningServer server = new RunningServer(this.handler);
				RawClient client = RawClient.open(server.port(), "/loop")) {
			WsSession session = this.handler.expectOpen();
			client.send(RawClient.textFrame("pause"), RawClient.textFrame("lost"));
			this.handler.expect("text pause");
			server.pass();
			session.close();
			client.expectClose(1000);
			client.sendClose(1000);
			this.handler.expect("close 1000"); // before the close timeout, as the clock
												// stands
			client.expectEof();
		}
	}

}
