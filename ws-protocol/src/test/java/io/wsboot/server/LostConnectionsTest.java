package io.wsboot.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that vanish at any point of a conversation leave nothing behind.
 */
class LostConnectionsTest {

	@ParameterizedTest
	@CsvSource({ "/, EOF", "/, RST", "/loop, EOF", "/loop, RST" })
	void atEveryByte(String path, String end) {
		AtomicInteger opened = new AtomicInteger();
		AtomicInteger closed = new AtomicInteger();
		WsHandler handler = new WsHandler() {

			@Override
			public void onOpen(WsSession session) {
				opened.incrementAndGet();
				session.send("welcome");
			}

			@Override
			public void onText(WsSession session, String text) {
				session.send(text);
			}

			@Override
			public void onClose(WsSession session, CloseStatus status) {
				closed.incrementAndGet();
			}

		};
		byte[] script = RawClient.join(RawClient.head(path).getBytes(StandardCharsets.ISO_8859_1),
				RawClient.textFrame("one"), RawClient.frame(0x89, (byte) 'p'),
				RawClient.frame(0x01, "frag".getBytes(StandardCharsets.UTF_8)), RawClient.frame(0x89),
				RawClient.frame(0x80, "ment".getBytes(StandardCharsets.UTF_8)), RawClient.textFrame("x".repeat(130)),
				RawClient.closeFrame(1000));
		try (RunningServer server = new RunningServer(handler);
				RawClient canary = RawClient.open(server.port(), "/echo")) {
			for (int i = 0; i <= script.length; i++) {
				RawClient client = RawClient.connect(server.port());
				client.send(Arrays.copyOf(script, i));
				if (end.equals("RST")) {
					client.reset();
				}
				else {
					client.halfClose();
					client.readAll();
					client.close();
				}
			}
			canary.expectEcho("still here");
			canary.closeInOrder();
			server.expectNothingLeft();
			Awaitility.await().untilAsserted(() -> assertThat(closed.get()).isEqualTo(opened.get()));
			if (end.equals("EOF")) { // a reset may overtake what was sent
				assertThat(opened.get()).isEqualTo(script.length + 1 - RawClient.head(path).length());
			}
		}
	}

}
