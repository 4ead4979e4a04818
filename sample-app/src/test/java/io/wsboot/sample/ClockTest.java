package io.wsboot.sample;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import io.wsboot.WsSessions;
import io.wsboot.spring.test.WsTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class ClockTest {

	@Value("${local.ws.port}")
	private int port;

	@Autowired
	private WsSessions sessions;

	/** Clocks of a busy machine may be late, but not by much more than a tick. */
	@Test
	void ticksEveryTwoSecondsUntilTheClientLeaves() throws Exception {
		await().until(() -> this.sessions.at("/clock").count() == 0); // pages of other
																		// tests are gone
		try (WsTestClient client = WsTestClient.connect(this.port, "/clock")) {
			JsonNode greeting = Json.next(client);
			assertThat(greeting.path("watching").longValue()).isEqualTo(1);
			Instant first = time(Json.next(client));
			Json.next(client);
			Instant third = time(Json.next(client));
			assertThat(Duration.between(first, third)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
		}
		await().until(() -> this.sessions.at("/clock").count() == 0);
	}

	private static Instant time(JsonNode tick) {
		return Instant.parse(tick.path("time").stringValue());
	}

}
