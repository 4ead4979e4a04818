package io.wsboot.sample;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests clients of other projects, with permessage-deflate. */
class CompressionTest {

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = { "ws.server.port=0", "ws.server.compression.enabled=true", "ws.server.max-message-size=2MB",
					"ws.server.max-frame-size=2MB", "ws.server.outbound.max-queued=4MB" })
	class EachMessageAlone {

		@Value("${local.ws.port}")
		private int port;

		@LocalServerPort
		private int httpPort;

		@ParameterizedTest
		@ValueSource(strings = { "/echo", "/echo/worker" })
		void node(String path) throws Exception {
			assertThat(NodePeer.run(this.port, path, "deflate")).hasSize(5 + 8)
				.allMatch((line) -> line.startsWith("ok "));
		}

		@Test
		void chromium() throws Exception {
			try (Browser browser = new Browser(1000, 800)) {
				browser.open("http://localhost:" + this.httpPort + "/");
				assertThat(browser.driver().executeAsyncScript("""
						const done = arguments[arguments.length - 1];
						const text = 'words that come again '.repeat(5000);
						const socket = new WebSocket('ws://localhost:%d/echo');
						let count = 0;
						socket.onopen = () => socket.send(text);
						socket.onmessage = (event) => {
							if (event.data !== text) { done(['differs', '', 0]); }
							else if (++count < 5) { socket.send(text); }
							else { done(['same', socket.extensions, count]); }
						};
						socket.onclose = (event) => done(['closed ' + event.code, '', count]);
						""".formatted(this.port))).isEqualTo(List.of("same",
						"permessage-deflate; server_no_context_takeover; client_no_context_takeover", 5L));
			}
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = { "ws.server.port=0", "ws.server.compression.enabled=true",
					"ws.server.compression.context-takeover=true", "ws.server.compression.threshold=0",
					"ws.server.max-message-size=2MB", "ws.server.max-frame-size=2MB",
					"ws.server.outbound.max-queued=4MB" })
	class WithContextTakeover {

		@Value("${local.ws.port}")
		private int port;

		@ParameterizedTest
		@ValueSource(strings = { "/echo", "/echo/worker" })
		void node(String path) throws Exception {
			assertThat(NodePeer.run(this.port, path, "deflate")).hasSize(5 + 8)
				.allMatch((line) -> line.startsWith("ok "));
		}

	}

}
