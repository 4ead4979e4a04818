package io.wsboot.docs.testing;

import java.time.Duration;

import io.wsboot.CloseStatus;
import io.wsboot.sample.SampleApplication;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = { SampleApplication.class, GreetingEndpoint.class })
class GreetingTest {

	@LocalWsPort
	private int port;

	@Test
	void greets() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/greetings?name=Ann")) {
			assertThat(client.nextText()).isEqualTo("Welcome, Ann");
			assertThat(client.send("hello").nextText()).isEqualTo("HELLO");
			client.receivesNothingFor(Duration.ofMillis(100));
		}
	}

	@Test
	void refusesWhoHasNoName() {
		assertThat(WsTestClient.refusal(this.port, "/greetings?name=").status()).isEqualTo(403);
		assertThat(WsTestClient.refusal(this.port, "/greetings").status()).isEqualTo(400);
	}

	@Test
	void saysGoodbye() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/greetings?name=Ann")) {
			assertThat(client.nextText()).isEqualTo("Welcome, Ann");
			assertThat(client.send("bye").closeStatus()).isEqualTo(new CloseStatus(4000, "bye"));
		}
	}

	@Test
	void sendsHeadersAndOffersSubprotocols() {
		try (WsTestClient client = WsTestClient.builder()
			.header("Origin", "http://localhost:" + this.port)
			.subprotocols("v2", "v1")
			.timeout(Duration.ofSeconds(5))
			.connect(this.port, "/greetings?name=Ann")) {
			assertThat(client.subprotocol()).isEmpty();
		}
	}

	@Test
	void takesAMessageInParts() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/greetings?name=Ann")) {
			assertThat(client.nextText()).isEqualTo("Welcome, Ann");
			client.sendPart("hel", false).ping(new byte[] { 1 }).sendPart("lo", true);
			assertThat(client.nextPong()).containsExactly(1);
			assertThat(client.nextText()).isEqualTo("HELLO");
		}
	}

}
