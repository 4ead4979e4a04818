package io.wsboot.server.upgrade;

import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import org.junit.jupiter.api.Test;

/** Sockets that another server has accepted and handed over behind the 101. */
class HandedOverSocketTest {

	@Test
	void areServedLikeOwnSockets() {
		RecordingHandler handler = new RecordingHandler();
		try (RunningServer server = new RunningServer(handler);
				Host host = new Host(server.server.upgrades(), Way.SOCKET);
				RawClient client = RawClient.connect(host.port(), 0)) {
			client.handshake("/");
			handler.expectOpen();
			client.sendText("hello");
			handler.expect("text hello");
			client.closeInOrder();
			handler.expect("close 1000");
			server.expectNothingLeft();
		}
	}

}
