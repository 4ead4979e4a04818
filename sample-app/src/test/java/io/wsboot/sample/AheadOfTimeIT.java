package io.wsboot.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged application, processed ahead of time: no bean is found by scanning.
 */
class AheadOfTimeIT {

	@Test
	void everyKindOfEndpointWorks() throws Exception {
		try (PackagedApplication application = PackagedApplication.processedAheadOfTime("--ws.server.port=0");
				TestClient echo = TestClient.connect(application.webSocketPort(), "/echo");
				TestClient chat = TestClient.connect(application.webSocketPort(), "/chat/java?name=Ann")) {
			echo.send("hello");
			assertThat(echo.nextText()).isEqualTo("hello");
			assertThat(chat.nextJson().path("type").stringValue()).isEqualTo("welcome");
			chat.send("{\"text\": \"hello\"}");
			assertThat(chat.nextJson().path("text").stringValue()).isEqualTo("hello");
			chat.send("no JSON");
			assertThat(chat.nextJson().path("type").stringValue()).isEqualTo("refused");
		}
	}

}
