package io.wsboot.spring.autoconfigure.web;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.wsboot.HandshakeDecision;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.servlet.ServletHandOver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.WebServer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;

/** Handshakes that come to nothing. */
class RefusedUpgradeTests {

	@Test
	void roomIsGivenBackIfTheContainerCannotHandOver() {
		try (SharedApp app = SharedApp.start(List.of(Echo.class, Broken.class), "ws.server.max-connections=1")) {
			for (int i = 0; i < 3; i++) {
				assertThat(app.http("GET", "/echo", HANDSHAKE)).startsWith("HTTP/1.1 500 ");
			}
			Broken broken = app.context().getBean(Broken.class);
			assertThat(broken.calls).isEqualTo(3);
		}
	}

	@Test
	void theContainersThreadWaitsNoLongerThanTheHandshakeTimeout() {
		try (SharedApp app = SharedApp.start(List.of(Undecided.class), "ws.server.handshake.timeout=300ms")) {
			assertThat(app.http("GET", "/undecided", HANDSHAKE)).startsWith("HTTP/1.1 503 ")
				.contains("Retry-After: 5\r\n")
				.containsPattern("(?i)Content-Length: 24\r\n");
		}
	}

	@Test
	void whatTheEndpointAnswersIsPassedOn() {
		try (SharedApp app = SharedApp.start(List.of(Choosy.class))) {
			assertThat(app.http("GET", "/choosy", HANDSHAKE)).startsWith("HTTP/1.1 451 ").contains("X-Why: law\r\n");
		}
	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/undecided")
	static class Undecided {

		@OnHandshake
		CompletionStage<HandshakeDecision> decide() {
			return new CompletableFuture<>();
		}

		@OnMessage
		void message(String text) {
		}

	}

	@WsEndpoint("/choosy")
	static class Choosy {

		@OnHandshake
		HandshakeDecision decide() {
			return HandshakeDecision.refuse(451).withHeader("X-Why", "law");
		}

		@OnMessage
		void message(String text) {
		}

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Broken implements ServletHandOver {

		private int calls;

		@Override
		public boolean supports(WebServer server) {
			return true;
		}

		@Override
		public void accept(Upgrade upgrade, HttpServletRequest request, HttpServletResponse response)
				throws IOException {
			this.calls++;
			throw new IOException("cannot hand over");
		}

	}

}
