package io.wsboot.sample;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import io.wsboot.CloseStatus;
import io.wsboot.spring.test.WsTestClient;
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
		try (WsTestClient client = WsTestClient.connect(this.port, path)) {
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
		try (WsTestClient client = WsTestClient.connect(this.port, path)) {
			byte[] payload = new byte[size];
			new Random(size).nextBytes(payload);
			client.send(payload);
			assertThat(client.nextBinary()).isEqualTo(payload);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void fragmentsComeBackAsOneMessage(String path) throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.port, path)) {
			client.sendPart("Hel", false);
			client.sendPart("", false);
			client.sendPart("lo", true);
			assertThat(client.nextText()).isEqualTo("Hello");
			client.sendPart(new byte[] { 1, 2 }, false);
			client.sendPart(new byte[] { 3 }, true);
			assertThat(client.nextBinary()).containsExactly(1, 2, 3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void pingIsAnsweredInTheMiddleOfAMessage(String path) throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.port, path)) {
			client.sendPart("be", false);
			client.ping("are you there?".getBytes(StandardCharsets.UTF_8));
			assertThat(client.nextPong()).asString(StandardCharsets.UTF_8).isEqualTo("are you there?");
			client.sendPart("fore", true);
			assertThat(client.nextText()).isEqualTo("before");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/echo, 1000", "/echo, 4321", "/echo/worker, 1000", "/echo/worker, 4321" })
	void closeCodeComesBack(String path, int code) throws Exception {
		try (WsTestClient client = WsTestClient.connect(this.port, path)) {
			assertThat(client.close(new CloseStatus(code, "bye")).code()).isEqualTo(code);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void moreThanTheLimitIsTooBig(String path) throws Exception {
		WsTestClient client = WsTestClient.connect(this.port, path);
		client.send(new byte[2 * 1024 * 1024 + 1]);
		assertThat(client.closeStatus().code()).isEqualTo(1009);
	}

}
