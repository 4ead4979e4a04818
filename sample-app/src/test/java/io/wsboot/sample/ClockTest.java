package io.wsboot.sample;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import io.wsboot.WsSessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class ClockTest {

	@Value("${local.ws.port}")
	private int port;

	@Autowired
	private WsSessions sessions;

	@Test
	void ticksEveryTwoSecondsUntilTheClientLeaves() throws Exception {
		try (TestClient client = TestClient.connect(this.port, "/clock")) {
			JsonNode greeting = client.nextJson();
			assertThat(greeting.path("watching").longValue()).isEqualTo(1);
			Instant first = time(client.nextJson());
			Instant second = time(client.nextJson());
			assertThat(Duration.between(first, second)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
		}
		await().untilAsserted(() -> assertThat(this.sessions.at("/clock").count()).isZero());
	}

	private static Instant time(JsonNode tick) {
		return Instant.parse(tick.path("time").stringValue());
	}

}
