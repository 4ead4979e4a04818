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

	@Test
	void bothPortsAndStompWork() throws Exception {
		try (PackagedApplication application = PackagedApplication.processedAheadOfTime("--ws.server.port=0");
				WsTestClient echo = WsTestClient.connect(application.httpPort(), "/echo");
				WsTestClient stomp = WsTestClient.builder()
					.subprotocols("v12.stomp")
					.connect(application.httpPort(), "/stomp?name=Ann")) {
			echo.send("hello");
			assertThat(echo.nextText()).isEqualTo("hello");
			stomp.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
			assertThat(stomp.nextText()).startsWith("CONNECTED\n").contains("user-name:Ann\n");
			stomp.send("SUBSCRIBE\nid:0\ndestination:/topic/lines\n\n\0");
			stomp.send("SEND\ndestination:/app/say\ncontent-type:application/json\n\n{\"text\":\"hello\"}\0");
			assertThat(stomp.nextText()).startsWith("MESSAGE\n").contains("\"name\":\"Ann\"", "\"text\":\"hello\"");
		}
	}

}
