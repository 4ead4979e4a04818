package io.wsboot.sample;

import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests the chat over STOMP, frame by frame, on the port of the web server. */
@SampleTest
class StompTest {

	@LocalServerPort
	private int port;

	@Test
	void everybodyReceivesLines() {
		try (WsTestClient ann = connect("Ann%20%C3%84"); WsTestClient bob = connect("Bob")) {
			subscribe(ann, "/topic/lines");
			subscribe(bob, "/topic/lines");
			send(bob, "/app/say", "{\"text\":\" hello \"}");
			for (WsTestClient client : new WsTestClient[] { ann, bob }) {
				String frame = client.nextText();
				assertThat(frame).startsWith("MESSAGE\n")
					.contains("destination:/topic/lines\n", "subscription:/topic/lines\n");
				assertThat(frame).contains("\"name\":\"Bob\"", "\"text\":\"hello\"");
			}
			send(ann, "/app/say", "{\"text\":\"hi\"}");
			assertThat(bob.nextText()).contains("\"name\":\"Ann Ä\"");
		}
	}

	@Test
	void onlyOneUserReceivesAWhisper() {
		try (WsTestClient ann = connect("whispers");
				WsTestClient bob = connect("hears");
				WsTestClient eve = connect("eavesdrops")) {
			for (WsTestClient client : new WsTestClient[] { ann, bob, eve }) {
				subscribe(client, "/user/queue/whispers");
			}
			send(ann, "/app/whisper", "{\"to\":\"hears\",\"text\":\"psst\"}");
			assertThat(bob.nextText()).contains("\"name\":\"whispers\"", "\"text\":\"psst\"");
			assertThat(ann.nextText()).contains("\"to\":\"hears\"", "\"text\":\"psst\"");
			send(eve, "/app/whisper", "{\"to\":\"eavesdrops\",\"text\":\"nothing\"}");
			assertThat(eve.nextText()).contains("\"text\":\"nothing\"");
		}
	}

	@Test
	void whoComesAndGoesIsKnown() {
		try (WsTestClient stays = connect("stays")) {
			stays.send("SUBSCRIBE\nid:people\ndestination:/app/people\n\n\0");
			assertThat(stays.nextText()).contains("\"stays\"");
			subscribe(stays, "/topic/people");
			WsTestClient goes = connect("goes");
			await().until(() -> stays.nextText().contains("\"goes\""));
			goes.close();
			await().until(() -> !stays.nextText().contains("\"goes\""));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"text\":\"  \"}|There is nothing to say.", "{}|There is nothing to say.",
			"{\"text\":\"x\",\"to\":\"nobody\"}|There is nobody of that name.", "no JSON|Lines look like this" })
	void theAuthorLearnsWhyALineIsRefused(String lineAndReason) {
		String[] parts = lineAndReason.split("\\|");
		try (WsTestClient client = connect("refused"); WsTestClient same = connect("refused")) {
			subscribe(client, "/user/queue/refusals");
			subscribe(same, "/user/queue/refusals");
			send(client, "/app/whisper", parts[0]);
			assertThat(client.nextText()).contains(parts[1]);
			send(same, "/app/say", "{}");
			assertThat(same.nextText()).contains("There is nothing to say.");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/topic/lines", "/topic/people", "/queue/refusals-user1", "/user/sneaks/queue/refusals" })
	void nobodySendsPastTheController(String destination) {
		try (WsTestClient sneaks = connect("sneaks"); WsTestClient listens = connect("listens")) {
			subscribe(sneaks, "/user/queue/refusals");
			subscribe(listens, "/topic/lines");
			send(sneaks, destination, "{\"text\":\"forged\"}");
			send(sneaks, "/app/say", "{}");
			assertThat(sneaks.nextText()).contains("There is nothing to say.");
			send(sneaks, "/app/say", "{\"text\":\"real\"}");
			assertThat(listens.nextText()).contains("\"text\":\"real\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/queue/**", "/queue/*", "/topic/*", "/**" })
	void nobodyListensToEverything(String destination) {
		try (WsTestClient sneaks = connect("sneaks"); WsTestClient ann = connect("Ann")) {
			sneaks.send("SUBSCRIBE\nid:all\ndestination:" + destination + "\n\n\0");
			subscribe(sneaks, "/user/queue/refusals");
			subscribe(ann, "/user/queue/whispers");
			send(ann, "/app/whisper", "{\"to\":\"Ann\",\"text\":\"secret\"}");
			assertThat(ann.nextText()).contains("\"text\":\"secret\"");
			send(sneaks, "/app/say", "{}");
			assertThat(sneaks.nextText()).contains("There is nothing to say.");
		}
	}

	private WsTestClient connect(String name) {
		WsTestClient client = WsTestClient.builder()
			.subprotocols("v12.stomp")
			.connect(this.port, "/stomp?name=" + name);
		assertThat(client.subprotocol()).hasValue("v12.stomp");
		client.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
		assertThat(client.nextText()).startsWith("CONNECTED\n").contains("version:1.2\n", "user-name:");
		return client;
	}

	/**
	 * The id of a subscription is its destination. The simple broker sends no receipts;
	 * the answer to the next frame shows that this one has been dealt with.
	 */
	private static void subscribe(WsTestClient client, String destination) {
		client.send("SUBSCRIBE\nid:" + destination + "\ndestination:" + destination + "\n\n\0");
		client.send("SUBSCRIBE\nid:answered\ndestination:/app/people\n\n\0");
		assertThat(client.nextText()).contains("subscription:answered\n");
		client.send("UNSUBSCRIBE\nid:answered\n\n\0");
	}

	private static void send(WsTestClient client, String destination, String body) {
		client.send("SEND\ndestination:" + destination + "\ncontent-type:application/json\n\n" + body + "\0");
	}

}
