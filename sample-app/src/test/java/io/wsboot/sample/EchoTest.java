package io.wsboot.sample;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;

@SampleTest
class EchoTest {

	@Value("${local.ws.port}")
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void textComesBack(String path) throws Exception {
		try (TestClient client = TestClient.connect(this.port, path)) {
			for (String text : new String[] { "", "x", "Grüße, 世界 🌍", "y".repeat(200_000) }) {
				client.send(text);
				assertThat(client.nextText()).isEqualTo(text);
			}
		}
	}

	/** The sizes lie on both sides of the borders between the three length forms. */
	@ParameterizedTest
	@CsvSource({ "/echo, 0", "/echo, 125", "/echo, 126", "/echo, 65535", "/echo, 65536", "/echo, 1048576",
			"/echo/worker, 0", "/echo/worker, 125", "/echo/worker, 126", "/echo/worker, 65535", "/echo/worker, 65536",
			"/echo/worker, 1048576" })
	void binaryComesBack(String path, int size) throws Exception {
		try (TestClient client = TestClient.connect(this.port, path)) {
			byte[] payload = new byte[size];
			new Random(size).nextBytes(payload);
			client.send(payload);
			assertThat(client.nextBinary()).isEqualTo(payload);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void fragmentsComeBackAsOneMessage(String path) throws Exception {
		try (TestClient client = TestClient.connect(this.port, path)) {
			client.socket().sendText("Hel", false).join();
			client.socket().sendText("", false).join();
			client.socket().sendText("lo", true).join();
			assertThat(client.nextText()).isEqualTo("Hello");
			client.socket().sendBinary(ByteBuffer.wrap(new byte[] { 1, 2 }), false).join();
			client.socket().sendBinary(ByteBuffer.wrap(new byte[] { 3 }), true).join();
			assertThat(client.nextBinary()).containsExactly(1, 2, 3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void pingIsAnsweredInTheMiddleOfAMessage(String path) throws Exception {
		try (TestClient client = TestClient.connect(this.port, path)) {
			client.socket().sendText("be", false).join();
			client.socket().sendPing(ByteBuffer.wrap("are you there?".getBytes(StandardCharsets.UTF_8))).join();
			assertThat(client.nextText()).isEqualTo("are you there?");
			client.socket().sendText("fore", true).join();
			assertThat(client.nextText()).isEqualTo("before");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/echo, 1000", "/echo, 4321", "/echo/worker, 1000", "/echo/worker, 4321" })
	void closeCodeComesBack(String path, int code) throws Exception {
		try (TestClient client = TestClient.connect(this.port, path)) {
			client.socket().sendClose(code, "bye").join();
			assertThat(client.closeCode()).isEqualTo(code);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void moreThanTheLimitIsTooBig(String path) throws Exception {
		TestClient client = TestClient.connect(this.port, path);
		client.socket().sendBinary(ByteBuffer.allocate(2 * 1024 * 1024 + 1), true);
		assertThat(client.closeCode()).isEqualTo(1009);
		assertThat(client.socket()).extracting(WebSocket::isInputClosed).isEqualTo(true);
	}

}
