package io.wsboot.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class ChatTest {

	@Value("${local.ws.port}")
	private int port;

	/** So that who has just left one room is not heard of in another. */
	private static final AtomicInteger ROOM = new AtomicInteger();

	@Autowired
	private ChatRooms rooms;

	@Test
	void membersOfARoomSeeEachOtherComeTalkAndGo() throws Exception {
		try (WsTestClient ann = join("talk", "Ann")) {
			assertThat(welcome(ann)).isEqualTo("Ann: Ann");
			WsTestClient bob = join("talk", "Bob");
			assertThat(welcome(bob)).isEqualTo("Bob: Ann, Bob");
			JsonNode joined = Json.next(ann);
			assertThat(joined.path("type").stringValue()).isEqualTo("joined");
			assertThat(joined.path("name").stringValue()).isEqualTo("Bob");
			assertThat(people(joined)).containsExactly("Ann", "Bob");

			bob.send("{\"text\": \"Hello \\u2603\"}");
			for (WsTestClient member : List.of(ann, bob)) {
				JsonNode said = Json.next(member);
				assertThat(said.path("type").stringValue()).isEqualTo("said");
				assertThat(said.path("name").stringValue()).isEqualTo("Bob");
				assertThat(said.path("text").stringValue()).isEqualTo("Hello ☃");
				assertThat(Instant.parse(said.path("at").stringValue())).isBeforeOrEqualTo(Instant.now());
			}

			bob.close();
			JsonNode left = Json.next(ann);
			assertThat(left.path("type").stringValue()).isEqualTo("left");
			assertThat(left.path("name").stringValue()).isEqualTo("Bob");
			assertThat(people(left)).containsExactly("Ann");
		}
	}

	@Test
	void roomsDoNotHearEachOther() throws Exception {
		try (WsTestClient ann = join("red", "Ann"); WsTestClient bob = join("blue", "Bob")) {
			assertThat(welcome(ann)).isEqualTo("Ann: Ann");
			assertThat(welcome(bob)).isEqualTo("Bob: Bob");
			ann.send("{\"text\": \"anyone?\"}");
			assertThat(Json.next(ann).path("text").stringValue()).isEqualTo("anyone?");
			bob.receivesNothingFor(Duration.ofMillis(300));
		}
	}

	@Test
	void nobodyCanTakeTheNameOfAnother() throws Exception {
		try (WsTestClient first = join("names", "Ann");
				WsTestClient second = join("names", "ann");
				WsTestClient nameless = WsTestClient.connect(this.port, "/chat/names")) {
			assertThat(welcome(first)).startsWith("Ann: ");
			assertThat(welcome(second)).startsWith("ann 2: ");
			assertThat(welcome(nameless)).startsWith("guest: ");
		}
	}

	@Test
	void aRoomWhoseLastMemberLeftIsForgotten() throws Exception {
		WsTestClient ann = join("brief", "Ann");
		welcome(ann);
		assertThat(this.rooms.people("brief")).containsExactly("Ann");
		ann.close();
		await().untilAsserted(() -> assertThat(this.rooms.people("brief")).isEmpty());
	}

	@Test
	void namesOfRoomsMayBeEncoded() throws Exception {
		try (WsTestClient ann = join("caf%C3%A9%20noir", "Ann")) {
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
		assertThat(WsTestClient.refusal(this.port, "/chat/" + room + "?name=Ann").status()).isEqualTo(403);
	}

	@Test
	void pagesOfOtherHostsAreForbidden() {
		assertThat(WsTestClient.builder()
			.header("Origin", "http://elsewhere.example")
			.refusal(this.port, "/chat/x")
			.status()).isEqualTo(403);
	}

	private void refused(String message, String reason) throws Exception {
		try (WsTestClient ann = join("refusals-" + ROOM.incrementAndGet(), "Ann")) {
			welcome(ann);
			ann.send(message);
			JsonNode refused = Json.next(ann);
			assertThat(refused.path("type").stringValue()).isEqualTo("refused");
			assertThat(refused.path("reason").stringValue()).isEqualTo(reason);
		}
	}

	private WsTestClient join(String room, String name) {
		return WsTestClient.connect(this.port, "/chat/" + room + "?name=" + name);
	}

	/** Who one is, and who is there. */
	private static String welcome(WsTestClient client) {
		JsonNode event = Json.next(client);
		assertThat(event.path("type").stringValue()).isEqualTo("welcome");
		return event.path("you").stringValue() + ": " + String.join(", ", people(event));
	}

	private static List<String> people(JsonNode event) {
		return event.path("people").valueStream().map(JsonNode::stringValue).toList();
	}

}
