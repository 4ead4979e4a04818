package io.wsboot.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.wsboot.conformance.Reaction.Delivery;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WatchedServer.Holdings;
import io.wsboot.server.config.CompressionOptions;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Behind a web server ours answers as on a port of its own: to the frames and requests
 * that fuzzers have found, and to all hostile requests, but for what the web server
 * answers itself, which the {@link Setting} lists. A crowd of hostile clients does not
 * keep an honest one from being served, and leaves nothing behind with either server.
 */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("settings")
class BehindAnotherServerTest {

	/** Fields about the connection, which is the other server's, and about the time. */
	private static final Set<String> OTHERS = Set.of("connection", "date", "keep-alive");

	/** Tomcat answers what it takes for HTTP/0.9 so, and some requests behind that. */
	private static final int NO_STATUS_LINE = 0;

	private static final List<FuzzedInput> FRAMES = FuzzedInput.ofFrames(),
			REQUESTS = Stream.of(FuzzedInput.ofOffers(), FuzzedInput.ofRequests()).flatMap(List::stream).toList(),
			HOSTILE = HostileHeads.all().map(FuzzedInput::of).toList();

	/** What a server with a port of its own does, by the names of inputs. */
	private static final Map<String, Reaction> OWN = new HashMap<>();

	private static @Nullable WatchedServer server;

	@Parameter
	Setting setting;

	static List<Setting> settings() {
		return Setting.all().stream().filter(Setting::isBehindWebServer).toList();
	}

	private static void options(WsServerOptionsBuilder options) {
		HostilePeersTest.options(options);
		options.handshake(new HandshakeOptions(Duration.ofSeconds(10), 2048, 2048, 100))
			.compression(new CompressionOptions(true, 6, 0, true));
	}

	@BeforeAll
	static void askAServerWithAPortOfItsOwn() throws IOException {
		if (settings().isEmpty()) {
			return;
		}
		Setting own = Setting.all().stream().filter(Setting::readsRequests).findFirst().orElseThrow();
		try (WatchedServer server = own.start(BehindAnotherServerTest::options, "/echo", "/ws", "/room/{id}")) {
			for (FuzzedInput input : Stream.of(FRAMES, REQUESTS, HOSTILE).flatMap(List::stream).toList()) {
				OWN.put(input.name(), reactions(own, server, input, Delivery.WITH_THE_REQUEST).get(0));
			}
		}
		for (FuzzedInput input : FRAMES) {
			assertThat(own(input).status()).as("%s", input).isEqualTo(101);
			assertThat(own(input).controls()).as("%s", input).last().asString().startsWith("close");
		}
	}

	private static Reaction own(FuzzedInput input) {
		return Objects.requireNonNull(OWN.get(input.name()));
	}

	@BeforeParameterizedClassInvocation
	static void start(Setting setting) {
		server = setting.start(BehindAnotherServerTest::options, "/echo", "/ws", "/room/{id}");
	}

	@AfterParameterizedClassInvocation
	static void nothingIsLeft() {
		try (WatchedServer over = server()) {
			Awaitility.await().untilAsserted(() -> assertThat(over.holdings()).isEqualTo(new Holdings(0, 0, 0, 0)));
		}
	}

	private static WatchedServer server() {
		assertThat(server).isNotNull();
		return server;
	}

	/** Delivers an input in some ways at the same time. */
	private static List<Reaction> reactions(Setting setting, WatchedServer server, FuzzedInput input,
			Delivery... deliveries) throws IOException {
		List<Peer> peers = new ArrayList<>();
		try {
			for (Delivery delivery : deliveries) {
				Peer peer = new Peer(setting, server.port());
				peers.add(peer);
				delivery.send(peer, input);
			}
			List<Reaction> reactions = new ArrayList<>();
			for (Peer peer : peers) {
				reactions.add(Reaction.read(peer));
			}
			return reactions;
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			throw new AssertionError("[" + input + "] " + ex, ex);
		}
		finally {
			for (Peer peer : peers) {
				peer.close();
			}
		}
	}

	@Test
	void framesThatFuzzersHaveFound() throws IOException {
		Delivery[] deliveries = this.setting.isSecure() ? new Delivery[] { Delivery.WITH_THE_REQUEST }
				: Delivery.values();
		SoftAssertions all = new SoftAssertions();
		for (FuzzedInput input : FRAMES) {
			for (Reaction reaction : reactions(this.setting, server(), input, deliveries)) {
				expectSame(all, input, reaction);
			}
		}
		all.assertAll();
	}

	/** What the other server answers itself is a refusal. */
	@Test
	void requestsThatFuzzersHaveFound() throws IOException {
		Map<FuzzedInput, Integer> others = othersAnswers("requests-of-fuzzers", REQUESTS);
		assertThat(others.values()).allMatch((status) -> status == NO_STATUS_LINE || status >= 400);
		assertThat(REQUESTS.size() - others.size()).as("offers are judged by our server").isGreaterThan(100);
	}

	/**
	 * What the other server refuses itself, our own port refuses too, or it is listed.
	 */
	@Test
	void hostileRequests() throws IOException {
		Map<String, Integer> listed = this.setting.otherAnswers();
		othersAnswers("hostile-requests", HOSTILE).forEach((input, status) -> {
			Integer expected = listed.get(input.name());
			if (expected != null) {
				assertThat(status).as("%s", input)
					.matches((one) -> one.equals(expected) || (one == NO_STATUS_LINE && expected >= 400));
			}
			else {
				assertThat(status).as("%s", input).matches((one) -> one == NO_STATUS_LINE || one >= 400);
				assertThat(own(input).status()).as("%s on our own port", input).isGreaterThanOrEqualTo(400);
			}
		});
	}

	@Test
	void otherAnswersAreListedForRequestsOnlyThatGetThem() throws ReflectiveOperationException {
		Map<String, Integer> listed = new TreeMap<>(this.setting.otherAnswers());
		listed.keySet().removeAll(ConformanceTest.requests()); // which compare themselves
		listed.forEach((name, status) -> {
			assertThat(OWN).as("hostile peers").containsKey(name);
			assertThat(OWN.get(name).status()).as("%s on our own port", name).isNotEqualTo(status);
		});
	}

	@Test
	void aHostileCrowd() throws Exception {
		WatchedServer server = server();
		HostilePeersTest.expect(server, new Holdings(0, 0, 0, 0));
		expectNoConnections(server);
		long files = HostilePeersTest.openFiles();
		try (Canary canary = new Canary(this.setting, server.port());
				HostileCrowd crowd = new HostileCrowd(this.setting, server.port())) {
			crowd.neverAsk(40);
			crowd.neverSend(60);
			crowd.neverRead(3);
			crowd.ping(2);
			crowd.sendSlowly(10);
			crowd.sendTinyMessages(1);
			crowd.sendEmptyFragments(3);
			crowd.sendBombs(3);
			crowd.endHalf(10);
			crowd.reset(50);
			Awaitility.await().until(() -> server.holdings().queuedBytes() > 0);
			canary.hear(50);
			assertThat(server.holdings().sessions()).isGreaterThan(60 + 3 + 10 + 1);
			crowd.leave();
			Awaitility.await().until(() -> server.holdings().sessions() == 1);
			canary.hear(1);
			canary.stop();
		}
		HostilePeersTest.expect(server, new Holdings(0, 0, 0, 0));
		expectNoConnections(server);
		Awaitility.await().until(() -> HostilePeersTest.openFiles() <= files);
	}

	/** Tomcat counts the one for which it waits. */
	private static void expectNoConnections(WatchedServer server) {
		Awaitility.await().untilAsserted(() -> assertThat(server.hosted()).isLessThanOrEqualTo(1));
	}

	/**
	 * The status of each answer of the other server, or to which the other server has
	 * contributed. What our server answers alone must be the same as on our own port.
	 */
	private Map<FuzzedInput, Integer> othersAnswers(String name, List<FuzzedInput> inputs) throws IOException {
		Map<FuzzedInput, Integer> others = new LinkedHashMap<>();
		SoftAssertions all = new SoftAssertions();
		for (FuzzedInput input : inputs) {
			Reaction reaction = reactions(this.setting, server(), input, Delivery.WITH_THE_REQUEST).get(0);
			if (isOurs(reaction) && !this.setting.otherAnswers().containsKey(input.name())) {
				expectSame(all, input, reaction);
			}
			else {
				others.put(input, reaction.status());
			}
		}
		report(name, inputs.size() - others.size(), inputs.size());
		all.assertAll();
		return others;
	}

	/** Whether our server has answered, and not the other one with a page of its own. */
	private static boolean isOurs(Reaction reaction) {
		return reaction.status() == 101 || reaction.fields().getOrDefault("content-type", "").startsWith("text/plain");
	}

	private static void expectSame(SoftAssertions all, FuzzedInput input, Reaction reaction) {
		Reaction own = own(input);
		all.assertThat(reaction.status()).as("%s", input).isEqualTo(own.status());
		all.assertThat(reaction.messages()).as("%s", input).isEqualTo(own.messages());
		all.assertThat(reaction.controls()).as("%s", input).isEqualTo(own.controls());
		all.assertThat(fields(reaction)).as("%s", input).isEqualTo(fields(own));
	}

	private static Map<String, String> fields(Reaction reaction) {
		Map<String, String> fields = new TreeMap<>(reaction.fields());
		fields.keySet().removeAll(OTHERS);
		fields.computeIfPresent("content-type", (name, value) -> value.replace("; ", ";"));
		return fields;
	}

	private void report(String name, int ours, int all) throws IOException {
		Path figures = Files.createDirectories(Path.of("target", "conformance"));
		Files.writeString(figures.resolve(name + "-" + this.setting + ".txt"),
				"%d of %d answered by our server%n".formatted(ours, all));
	}

}
