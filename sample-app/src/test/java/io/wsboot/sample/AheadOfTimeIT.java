package io.wsboot.sample;

import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged application, processed ahead of time: no bean is found by scanning.
 */
class AheadOfTimeIT {

	@Test
	void everyKindOfEndpointWorks() throws Exception {
		try (PackagedApplication application = PackagedApplication.processedAheadOfTime("--ws.server.port=0");
				WsTestClient echo = WsTestClient.connect(application.webSocketPort(), "/echo");
				WsTestClient chat = WsTestClient.connect(application.webSocketPort(), "/chat/java?name=Ann")) {
			echo.send("hello");
			assertThat(echo.nextText()).isEqualTo("hello");
			assertThat(Json.next(chat).path("type").stringValue()).isEqualTo("welcome");
			chat.send("{\"text\": \"hello\"}");
			assertThat(Json.next(chat).path("text").stringValue()).isEqualTo("hello");
			chat.send("no JSON");
			assertThat(Json.next(chat).path("type").stringValue()).isEqualTo("refused");
		}
	}

}
