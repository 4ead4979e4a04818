package io.wsboot.sample;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 16 MiB in one message, to and from Chromium.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = { "ws.server.port=0",
		"ws.server.compression.enabled=true", "ws.server.max-message-size=16MB", "ws.server.outbound.max-queued=32MB" })
class BigMessagesTest {

	@Value("${local.ws.port}")
	private int port;

	@LocalServerPort
	private int httpPort;

	@ParameterizedTest
	@CsvSource({ "/echo, text", "/echo, binary", "/echo/worker, text", "/echo/worker, binary" })
	void chromium(String path, String type) throws Exception {
		try (Browser browser = new Browser(1000, 800)) {
			browser.open("http://localhost:" + this.httpPort + "/");
			assertThat(browser.driver().executeAsyncScript("""
					const done = arguments[arguments.length - 1];
					const size = 16 * 1024 * 1024;
					const bytes = new Uint8Array(size);
					for (let i = 0, x = 1; i < size; i++) {
						x = (Math.imul(x, 1103515245) + 12345) >>> 0;
						bytes[i] = 32 + (x >>> 16) %% 95;
					}
					const message = ('%s' === 'text') ? new TextDecoder().decode(bytes) : bytes.buffer;
					const socket = new WebSocket('ws://localhost:%d%s');
					socket.binaryType = 'arraybuffer';
					socket.onopen = () => socket.send(message);
					socket.onmessage = (event) => {
						const same = (typeof message === 'string') ? event.data === message
								: new Uint8Array(event.data).every((value, i) => value === bytes[i]);
						socket.onclose = (close) => done([same, close.code]);
						socket.close(4321);
					};
					socket.onclose = (event) => done(['closed', event.code]);
					""".formatted(type, this.port, path))).isEqualTo(List.of(true, 4321L));
		}
	}

}
