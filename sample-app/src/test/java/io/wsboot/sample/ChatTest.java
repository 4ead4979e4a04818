package io.wsboot.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SampleTest
class ChatTest {

	@Value("${local.ws.port}")
	private int port;

	@Autowired
	private ChatRooms rooms;

	@Test
	void membersOfARoomSeeEachOtherComeTalkAndGo() throws Exception {
		try (TestClient ann = join("talk", "Ann")) {
			assertThat(welcome(ann)).isEqualTo("Ann: Ann");
			TestClient bob = join("talk", "Bob");
			assertThat(welcome(bob)).isEqualTo("Bob: Ann, Bob");
			JsonNode joined = ann.nextJson();
			assertThat(joined.path("type").stringValue()).isEqualTo("joined");
			assertThat(joined.path("name").stringValue()).isEqualTo("Bob");
			assertThat(people(joined)).containsExactly("Ann", "Bob");

			bob.send("{\"text\": \"Hello \\u2603\"}");
			for (TestClient member : List.of(ann, bob)) {
				JsonNode said = member.nextJson();
				assertThat(said.path("type").stringValue()).isEqualTo("said");
				assertThat(said.path("name").stringValue()).isEqualTo("Bob");
				assertThat(said.path("text").stringValue()).isEqualTo("Hello ☃");
				assertThat(Instant.parse(said.path("at").stringValue())).isBeforeOrEqualTo(Instant.now());
			}

			bob.close();
			JsonNode left = ann.nextJson();
			assertThat(left.path("type").stringValue()).isEqualTo("left");
			assertThat(left.path("name").stringValue()).isEqualTo("Bob");
			assertThat(people(left)).containsExactly("Ann");
		}
	}

	@Test
	void roomsDoNotHearEachOther() throws Exception {
		try (TestClient ann = join("red", "Ann"); TestClient bob = join("blue", "Bob")) {
			assertThat(welcome(ann)).isEqualTo("Ann: Ann");
			assertThat(welcome(bob)).isEqualTo("Bob: Bob");
			ann.send("{\"text\": \"anyone?\"}");
			assertThat(ann.nextJson().path("text").stringValue()).isEqualTo("anyone?");
			bob.receivesNothingFor(Duration.ofMillis(300));
		}
	}

	@Test
	void nobodyCanTakeTheNameOfAnother() throws Exception {
		try (TestClient first = join("names", "Ann");
				TestClient second = join("names", "ann");
				TestClient nameless = TestClient.connect(this.port, "/chat/names")) {
			assertThat(welcome(first)).startsWith("Ann: ");
			assertThat(welcome(second)).startsWith("ann 2: ");
			assertThat(welcome(nameless)).startsWith("guest: ");
		}
	}

	@Test
	void aRoomWhoseLastMemberLeftIsForgotten() throws Exception {
		TestClient ann = join("brief", "Ann");
		welcome(ann);
		assertThat(this.rooms.people("brief")).containsExactly("Ann");
		ann.close();
		await().untilAsserted(() -> assertThat(this.rooms.people("brief")).isEmpty());
	}

	@Test
	void namesOfRoomsMayBeEncoded() throws Exception {
		try (TestClient ann = join("caf%C3%A9%20noir", "Ann")) {
			welcome(ann);
			assertThat(this.rooms.people("café noir")).containsExactly("Ann");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"text\": \"  \"}", "{\"text\": null}", "{}" })
	void sayingNothingIsRefused(String message) throws Exception {
		refused(message, "There is nothing to say.");
	}

	@Test
	void sayingTooMuchIsRefused() throws Exception {
		refused("{\"text\": \"" + "x".repeat(2001) + "\"}", "At most 2000 characters, please.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "[1]", "{\"text\": {}}", "{\"text\": \"x\"", "" })
	void whatIsNotALineIsRefused(String message) throws Exception {
		refused(message, "Lines look like this: {\"text\": \"hello\"}");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "%20padded", "two%20%20blanks", "%E2%80%AEright-to-left", "123456789012345678901234567890123" })
	void oddRoomsAreForbidden(String room) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> join(room, "Ann"))
			.withCauseInstanceOf(WebSocketHandshakeException.class)
			.satisfies((ex) -> assertThat(((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode())
				.isEqualTo(403));
	}

	@Test
	void pagesOfOtherHostsAreForbidden() {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("Origin", "http://elsewhere.example")
			.buildAsync(URI.create("ws://localhost:" + this.port + "/chat/x"), new WebSocket.Listener() {
			})
			.join())
			.satisfies((ex) -> assertThat(((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode())
				.isEqualTo(403));
	}

	private void refused(String message, String reason) throws Exception {
		try (TestClient ann = join("refusals", "Ann")) {
			welcome(ann);
			ann.send(message);
			JsonNode refused = ann.nextJson();
			assertThat(refused.path("type").stringValue()).isEqualTo("refused");
			assertThat(refused.path("reason").stringValue()).isEqualTo(reason);
		}
	}

	private TestClient join(String room, String name) {
		return TestClient.connect(this.port, "/chat/" + room + "?name=" + name);
	}

	/** Who one is, and who is there. */
	private static String welcome(TestClient client) throws InterruptedException {
		JsonNode event = client.nextJson();
		assertThat(event.path("type").stringValue()).isEqualTo("welcome");
		return event.path("you").stringValue() + ": " + String.join(", ", people(event));
	}

	private static List<String> people(JsonNode event) {
		return event.path("people").valueStream().map(JsonNode::stringValue).toList();
	}

}
