package io.wsboot.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointLimits;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.WsSessions;
import io.wsboot.server.RunningServer.Echo;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Handlers that come and go while the server runs. */
class DynamicHandlersTest {

	private static final WsHandler NOTHING = new WsHandler() {
	};

	private final List<String> news = new CopyOnWriteArrayList<>();

	private final WsServerObserver observer = new WsServerObserver() {

		@Override
		public void endpointAdded(String endpoint) {
			DynamicHandlersTest.this.news.add("+" + endpoint);
		}

		@Override
		public void endpointRemoved(String endpoint) {
			DynamicHandlersTest.this.news.add("-" + endpoint);
		}

	};

	private RunningServer start() {
		return new RunningServer(NOTHING, (options) -> {
		}, (builder) -> builder.observer(this.observer));
	}

	private static int status(RunningServer server, String path) {
		try (RawClient client = RawClient.connect(server.port())) {
			client.send(RawClient.head(path));
			return client.readResponse().status();
		}
	}

	private static List<String> paths(RunningServer server) {
		return server.server.stats().endpoints().stream().map(EndpointStats::path).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/late", "/late/{room}" })
	void comeAndGo(String template) {
		String path = template.replace("{room}", "1");
		try (RunningServer server = start()) {
			assertThat(status(server, path)).isEqualTo(404);
			WsSessions sessions = server.server.sessions().at(template);

			server.server.addHandler(template, new Echo());
			RawClient client = server.open(path);
			client.expectEcho("hello");
			assertThat(sessions.count()).isEqualTo(1);

			assertThat(server.server.removeHandler(template)).isTrue();
			assertThat(client.readFrame().closeCode()).isEqualTo(1001);
			assertThat(status(server, path)).isEqualTo(404);
			client.close();
			server.expectNothingLeft();
			assertThat(server.server.removeHandler(template)).isFalse();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.news).containsExactly("+" + template, "-" + template));
			assertThat(paths(server)).containsExactly("/", "/loop", "/echo");

			server.server.addHandler(template, new Echo(), RunningServer.ON_LOOP);
			server.open(path).expectEcho("again");
		}
	}

	@Test
	void sessionsMayOutliveTheirEndpoint() {
		try (RunningServer server = start()) {
			server.server.addHandler("/late", new Echo());
			RawClient client = server.open("/late");
			assertThat(server.server.retireHandler("/late")).isTrue();
			assertThat(status(server, "/late")).isEqualTo(404);
			client.expectEcho("still here");
			assertThat(server.server.sessions().at("/late").count()).isEqualTo(1);
			assertThat(paths(server)).contains("/late");
			assertThat(this.news).containsExactly("+/late");
			client.closeInOrder();
			Awaitility.await().untilAsserted(() -> assertThat(this.news).containsExactly("+/late", "-/late"));
			assertThat(paths(server)).doesNotContain("/late");
		}
	}

	@Test
	void anotherMayTakeThePlaceOfOneWhoseSessionsGoOn() {
		try (RunningServer server = start()) {
			server.server.addHandler("/late", new Echo());
			RawClient old = server.open("/late");
			server.server.retireHandler("/late");
			server.server.addHandler("/late", new Echo());
			RawClient young = server.open("/late");
			old.expectEcho("old");
			young.expectEcho("young");
			assertThat(server.server.sessions().at("/late").count()).isEqualTo(2);
			old.closeInOrder();
			server.expectNothingLeft(1);
			young.expectEcho("young");
			Awaitility.await().until(() -> paths(server).size() == 4);
			assertThat(this.news).as("there is one").containsExactly("+/late", "+/late");
		}
	}

	@Test
	void aStopClosesSessionsOfRemovedOnesToo() {
		RawClient client;
		try (RunningServer server = start()) {
			server.server.addHandler("/late", new Echo());
			client = RawClient.open(server.port(), "/late");
			server.server.retireHandler("/late");
			server.server.stop();
			assertThat(client.readFrame().closeCode()).isEqualTo(1001);
			client.close();
		}
	}

	@Test
	void aHandshakeThatIsUnderWayWhenItsEndpointGoesIsRefused() throws Exception {
		CompletableFuture<HandshakeRequest> asked = new CompletableFuture<>();
		CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
		try (RunningServer server = start()) {
			server.server.addHandler("/slow", new WsHandler() {

				@Override
				public CompletableFuture<HandshakeDecision> onHandshake(HandshakeRequest request) {
					asked.complete(request);
					return decision;
				}

			});
			RawClient client = server.connect();
			client.send(RawClient.head("/slow"));
			asked.get(10, TimeUnit.SECONDS);
			server.server.removeHandler("/slow");
			decision.complete(HandshakeDecision.accept());
			assertThat(client.readResponse().status()).isEqualTo(404);
			client.close();
			server.expectNothingLeft();
			assertThat(this.news).containsExactly("+/slow", "-/slow");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "late", "/a/", "/{x", "/", "/echo" })
	void whatCannotBeServedChangesNothing(String path) {
		try (RunningServer server = start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> server.server.addHandler(path, NOTHING));
			assertThat(paths(server)).containsExactly("/", "/loop", "/echo");
			server.open("/echo").expectEcho("hello");
			assertThat(this.news).isEmpty();
		}
	}

	@Test
	void neitherCanTwoThatMatchTheSameRequestsNorOptionsThatMakeNoSense() {
		try (RunningServer server = start()) {
			server.server.addHandler("/a/{x}", NOTHING);
			assertThatIllegalArgumentException().isThrownBy(() -> server.server.addHandler("/a/{y}", NOTHING))
				.withMessageContaining("match the same requests");
			EndpointOptions tooBig = EndpointOptions.DEFAULTS
				.withLimits(EndpointLimits.OF_SERVER.withMaxFrameSize(1 << 30));
			assertThatIllegalArgumentException().isThrownBy(() -> server.server.addHandler("/b", NOTHING, tooBig));
			assertThat(paths(server)).containsExactly("/", "/loop", "/echo", "/a/{x}");
			server.server.addHandler("/b", NOTHING);
		}
	}

	@Test
	void tenThousandLeaveNothingBehind() {
		try (RunningServer server = start()) {
			for (int i = 0; i < 10_000; i++) {
				server.server.addHandler("/n/" + i + ((i % 2 == 0) ? "/{x}" : ""), NOTHING);
			}
			assertThat(paths(server)).hasSize(10_003);
			for (int i = 0; i < 10_000; i++) {
				assertThat(server.server.removeHandler("/n/" + i + ((i % 2 == 0) ? "/{x}" : ""))).isTrue();
			}
			assertThat(paths(server)).hasSize(3);
			assertThat(this.news).hasSize(20_000);
		}
	}

	/** Removes an endpoint again and again while clients connect to it. */
	@Test
	void nobodyIsLeftBehindByARace() throws Exception {
		try (RunningServer server = start()) {
			CompletableFuture<Void> churn = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 500; i++) {
					server.server.addHandler("/race", new Echo(),
							(i % 2 == 0) ? RunningServer.ON_LOOP : EndpointOptions.DEFAULTS);
					assertThat(server.server.sessions().count()).isNotNegative();
					assertThat(server.server.removeHandler("/race")).isTrue();
				}
			});
			List<RawClient> clients = new ArrayList<>();
			do {
				RawClient client = server.connect();
				client.send(RawClient.head("/race"));
				int status = client.readResponse().status();
				assertThat(status).isIn(101, 404);
				if (status == 101) {
					clients.add(client);
				}
				else {
					client.close();
				}
			}
			while (!churn.isDone());
			churn.get(10, TimeUnit.SECONDS);
			for (RawClient client : clients) {
				assertThat(client.readFrame().closeCode()).isEqualTo(CloseStatus.GOING_AWAY.code());
				client.close();
			}
			server.expectNothingLeft();
			Awaitility.await().until(() -> paths(server).size() == 3);
		}
		assertThat(IntStream.range(0, this.news.size()).mapToObj(this.news::get)).first().isEqualTo("+/race");
		assertThat(this.news).last().isEqualTo("-/race");
	}

}
