package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.Execution;
import io.wsboot.HandshakeDecision;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Annotated endpoints of an application without web stack, over real sockets. */
@ExtendWith(OutputCaptureExtension.class)
class ConversationTests {

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = RunningApp.start(List.of(Room.class, Echo.class, Binary.class, Failing.class, Later.class));
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@Test
	void jsonInAndOutWithPathQueryAndPrincipal() throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/rooms/caf%C3%A9/7?user=ada")) {
			assertThat(client.nextText()).isEqualTo("{\"room\":\"café\",\"who\":\"ada\",\"what\":\"joined as 7\"}");
			client.send("{\"text\":\"hello\"}");
			assertThat(client.nextText()).isEqualTo("{\"room\":\"café\",\"who\":\"ada\",\"what\":\"hello\"}");
			client.close(CloseStatus.NORMAL);
		}
		assertThat(Room.left.poll(10, TimeUnit.SECONDS)).isEqualTo("ada 1000");
	}

	@ParameterizedTest
	@CsvSource({ "/rooms/java/7,401", "/rooms/java/x?user=ada,400", "/rooms/java/7?user=eve,403",
			"/rooms/java/7?user=bug,500", "/rooms/java,404", "/,404" })
	void handshakesThatAreRefused(String path, int status) {
		assertThat(WsTestClient.refusal(app.port(), path).status()).isEqualTo(status);
	}

	@Test
	void aBroadcastReachesOneRoomOnly() throws Exception {
		try (WsTestClient a = WsTestClient.connect(app.port(), "/rooms/java/1?user=a");
				WsTestClient b = WsTestClient.connect(app.port(), "/rooms/java/2?user=b");
				WsTestClient c = WsTestClient.connect(app.port(), "/rooms/rust/3?user=c")) {
			assertThat(List.of(a.nextText(), b.nextText(), c.nextText())).hasSize(3);
			a.send("{\"text\":\"/all\"}");
			assertThat(a.nextText()).contains("to 2");
			assertThat(b.nextText()).contains("everybody");
			c.send("{\"text\":\"still here\"}");
			assertThat(c.nextText()).contains("still here");
		}
	}

	@Test
	void textAndBinaryOnTheEventLoop() throws Exception {
		try (WsTestClient client = WsTestClient.builder().subprotocols("v1.echo").connect(app.port(), "/echo")) {
			assertThat(client.subprotocol()).contains("v1.echo");
			assertThat(client.send("grüße").nextText()).isEqualTo("grüße");
			assertThat(client.send(new byte[] { 1, 2, 3 }).nextBinary()).containsExactly(1, 2, 3);
			assertThat(client.send("thread?").nextText()).doesNotContain("handler");
			assertThat(client.close(new CloseStatus(4001, "")).code()).isEqualTo(4001);
		}
	}

	@Test
	void workersAreOtherThreads() throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/later")) {
			assertThat(client.send("thread?").nextText()).startsWith("ws-handler-");
		}
	}

	@Test
	void asynchronousRepliesAndFailures() throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/later")) {
			assertThat(client.send("now").nextText()).isEqualTo("done now");
			assertThat(client.send("fail").nextText()).isEqualTo("failed: on purpose");
			assertThat(client.send("again").nextText()).isEqualTo("done again");
		}
	}

	@Test
	void textToABinaryEndpointClosesWith1003() throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/binary")) {
			assertThat(client.send("text").closeStatus().code()).isEqualTo(1003);
		}
	}

	@Test
	void unreadableJsonClosesWith1007AndLogsNothing(CapturedOutput output) throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/failing")) {
			assertThat(client.send("{not json").closeStatus().code()).isEqualTo(1007);
		}
		assertThat(output.getAll()).doesNotContain("not json").doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void errorsGoToTheirMethod() throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/failing")) {
			assertThat(client.send("\"io\"").nextText()).isEqualTo("caught disk");
			assertThat(client.send("\"io\"").nextText()).isEqualTo("caught disk");
		}
	}

	@Test
	void otherErrorsAreLoggedOnceAndCloseWith1011(CapturedOutput output) throws Exception {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/failing")) {
			assertThat(client.send("\"bug\"").closeStatus().code()).isEqualTo(1011);
		}
		// the session is closed first, in case the log fails too
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(output.getAll()).containsOnlyOnce("IllegalStateException: bug in the endpoint"));
	}

	record Said(String text) {
	}

	record Line(String room, String who, String what) {
	}

	@WsEndpoint("/rooms/{room}/{seat}")
	static class Room {

		static final BlockingQueue<String> left = new LinkedBlockingQueue<>();

		private final WsSessions sessions;

		Room(WsSessions sessions) {
			this.sessions = sessions.at("/rooms/{room}/{seat}");
		}

		@OnHandshake
		HandshakeDecision decide(@QueryParam java.util.Optional<String> user) {
			String name = user.orElse("nobody");
			return switch (name) {
				case "nobody" -> HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Basic");
				case "eve" -> HandshakeDecision.refuse(403);
				case "bug" -> throw new IllegalStateException("bug in the handshake");
				default -> HandshakeDecision.accept().withPrincipal(() -> name);
			};
		}

		@OnOpen
		Line joined(@PathParam String room, @PathParam int seat, Principal user) {
			return new Line(room, user.getName(), "joined as " + seat);
		}

		@OnMessage
		Line said(Said said, WsSession session, @PathParam String room, Principal user) {
			String what = said.text();
			if (what.equals("/all")) {
				int reached = this.sessions.withPathVariable("room", room)
					.except(session)
					.convertAndBroadcast(new Line(room, user.getName(), "everybody"));
				what = "to " + (reached + 1);
			}
			return new Line(room, user.getName(), what);
		}

		@OnClose
		void left(Principal user, CloseStatus status) {
			left.add(user.getName() + " " + status.code());
		}

	}

	@WsEndpoint(path = "/echo", execution = Execution.EVENT_LOOP, subprotocols = "v1.echo")
	static class Echo {

		@OnMessage
		String text(String text) {
			return text.equals("thread?") ? Thread.currentThread().getName() : text;
		}

		@OnMessage
		ByteBuffer binary(ByteBuffer bytes) {
			return bytes;
		}

	}

	@WsEndpoint("/binary")
	static class Binary {

		@OnMessage
		byte[] binary(byte[] bytes) {
			return bytes;
		}

	}

	@WsEndpoint("/failing")
	static class Failing {

		enum Wish {

			io, bug

		}

		@OnMessage
		void on(Wish wish) throws IOException {
			if (wish == Wish.io) {
				throw new IOException("disk");
			}
			throw new IllegalStateException("bug in the endpoint");
		}

		@OnError
		String caught(IOException ex) {
			return "caught " + ex.getMessage();
		}

	}

	@WsEndpoint("/later")
	static class Later {

		@OnMessage
		CompletableFuture<String> on(String text) {
			String thread = Thread.currentThread().getName();
			return CompletableFuture.supplyAsync(() -> {
				if (text.equals("fail")) {
					throw new IllegalStateException("on purpose");
				}
				return text.equals("thread?") ? thread : "done " + text;
			});
		}

		@OnError
		String failed(IllegalStateException ex) {
			return "failed: " + ex.getMessage();
		}

	}

}
