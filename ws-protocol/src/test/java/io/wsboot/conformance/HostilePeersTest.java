package io.wsboot.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.conformance.HostilePeer.Closed;
import io.wsboot.conformance.HostilePeer.Dropped;
import io.wsboot.conformance.HostilePeer.Ending;
import io.wsboot.conformance.HostilePeer.Refused;
import io.wsboot.conformance.HostilePeer.Served;
import io.wsboot.server.WatchedServer;
import io.wsboot.server.WatchedServer.Holdings;
import io.wsboot.server.config.HandshakeOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.config.WsServerOptionsBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every {@link HostilePeer} gets exactly its answer, however its bytes are cut, leaves
 * nothing behind, and cannot keep the server from serving somebody else meanwhile.
 */
class HostilePeersTest {

	private static final Path FIGURES = Path.of("target", "conformance");

	private static final long LONGEST_ECHO = 500_000;

	private static final long MOST_ECHOES = 50_000;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	static List<HostilePeer> all() {
		return Stream.concat(HostileHeads.all(), HostileFrames.all()).toList();
	}

	static List<Setting> settings() {
		return Setting.all();
	}

	static void options(WsServerOptionsBuilder options) {
		options.handshake(new HandshakeOptions(Duration.ofSeconds(10), 512, 1024, 24))
			.maxFrameSize(2048)
			.maxMessageSize(4096)
			.maxFragments(16)
			.inbound(new InboundOptions(256, 1 << 20, 0, 100))
			.idleTimeout(Duration.ZERO)
			.pingInterval(Duration.ZERO);
	}

	@Test
	void thereAreEnoughOfThemAndEachHasItsOwnName() {
		assertThat(all()).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
		assertThat(all()).extracting(HostilePeer::name).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("settings")
	void getWhatTheyDeserve(Setting setting) throws Exception {
		try (WatchedServer server = setting.start(HostilePeersTest::options, "/echo", "/ws", "/room/{id}")) {
			Holdings idle = server.holdings();
			warmUp(setting, server);
			long files = openFiles();
			List<Long> echoes;
			long hitch;
			try (Canary canary = new Canary(setting, server.port())) {
				Awaitility.await().until(() -> server.holdings().sessions() == 1);
				Holdings alone = server.holdings();
				for (HostilePeer hostile : against(setting, server)) {
					for (Cut cut : cuts(setting, hostile)) {
						try {
							attack(setting, server, hostile, cut);
							expect(server, alone);
						}
						catch (IOException | RuntimeException | AssertionError ex) {
							throw new AssertionError("[" + hostile + ", " + cut + "] " + ex.getMessage(), ex);
						}
					}
				}
				echoes = canary.stop();
				hitch = canary.longestHitch();
			}
			expect(server, idle);
			if (files > 0) {
				Awaitility.await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(files));
			}
			report(setting, against(setting, server).size(), echoes, hitch);
			assertThat(echoes.get(echoes.size() - 1)).as("longest echo in us, beside %s us of the machine's", hitch)
				.isLessThan(LONGEST_ECHO + hitch);
			assertThat(echoes.get(echoes.size() * 99 / 100)).as("99 of 100 echoes in us")
				.isLessThan(MOST_ECHOES + hitch);
		}
	}

	/** Another server may be gone before a peer has sent everything that it refuses. */
	private static Cut[] cuts(Setting setting, HostilePeer hostile) {
		return setting.otherAnswers().containsKey(hostile.name()) ? new Cut[] { Cut.WHOLE } : Cut.values();
	}

	/**
	 * Where time goes on by itself, none that stays until it is dropped. Where another
	 * server reads the requests, none that it answers before ours.
	 */
	private static List<HostilePeer> against(Setting setting, WatchedServer server) {
		return judged(setting).stream()
			.filter((one) -> server.hasItsOwnTime() || one.ending() != Ending.STAYS)
			.map((one) -> one.at(setting))
			.toList();
	}

	private static List<HostilePeer> judged(Setting setting) {
		if (setting.readsRequests()) {
			return all();
		}
		Stream<HostilePeer> heads = setting.isBehindWebServer()
				? Stream.concat(HostileHeads.framedWell(), HostileFrames.lossesOfHeads()) : HostileHeads.passedOn();
		return Stream.concat(heads, HostileFrames.behindTheHead()).toList();
	}

	/** Loads what the process opens once. */
	private static void warmUp(Setting setting, WatchedServer server) throws IOException {
		try (Peer peer = Peer.open(setting, server.port())) {
			peer.closeInOrder();
		}
		expect(server, new Holdings(0, 0, 0, 0));
	}

	private static void attack(Setting setting, WatchedServer server, HostilePeer hostile, Cut cut) throws IOException {
		try (Peer peer = new Peer(setting, server.port())) {
			send(peer, hostile, cut);
			if (hostile.ending() == Ending.EOF) {
				if (setting.isBehindWebServer() && hostile.answer() instanceof Dropped dropped && dropped.opened()) {
					// Reactor Netty drops a client that ends before the answer.
					peer.expectSwitch();
				}
				peer.halfClose();
			}
			else if (hostile.ending() == Ending.RESET) {
				peer.reset();
				return;
			}
			if (hostile.ending() == Ending.STAYS && hostile.answer() instanceof Dropped) {
				Awaitility.await().until(() -> server.holdings().sockets() == 2);
				server.advance(MINUTE);
			}
			expectAnswer(setting, peer, hostile);
			if (hostile.ending() == Ending.STAYS) {
				server.advance(MINUTE);
				Awaitility.await().until(() -> server.holdings().sockets() == 1);
			}
		}
	}

	private static void send(Peer peer, HostilePeer hostile, Cut cut) throws IOException {
		peer.send(hostile.wire(), cut);
	}

	private static void expectAnswer(Setting setting, Peer peer, HostilePeer hostile) throws IOException {
		if (hostile.answer() instanceof Refused refused) {
			Peer.Response response = peer.readResponse();
			assertThat(response.status()).as("%s", response).isEqualTo(refused.status());
			if (!setting.isBehindWebServer()) {
				assertThat(response.fields().get("connection")).endsWith("close");
				assertThat(response.body()).hasSizeLessThan(60);
				peer.expectEnd();
			}
		}
		else if (hostile.answer() instanceof Closed closed) {
			peer.readResponse();
			assertThat(peer.readEvent()).isEqualTo("close " + closed.code());
			peer.expectEnd();
		}
		else if (hostile.answer() instanceof Dropped dropped) {
			if (!dropped.opened() && setting.isBehindWebServer()) {
				// Jetty may answer half a request.
				peer.expectEndOfWhatever();
				return;
			}
			if (dropped.opened() && !(setting.isBehindWebServer() && hostile.ending() == Ending.EOF)) {
				peer.expectSwitch();
			}
			peer.expectDrop();
		}
		else if (hostile.answer() instanceof Served served) {
			assertThat(peer.readResponse().status()).isEqualTo(101);
			for (String event : served.events()) {
				assertThat(peer.readEvent()).isEqualTo(event);
			}
			peer.closeInOrder();
		}
	}

	static void expect(WatchedServer server, Holdings holdings) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.untilAsserted(() -> assertThat(server.holdings()).isEqualTo(holdings));
	}

	/** Open file descriptors of this process; 0 where nobody knows. */
	static long openFiles() throws IOException {
		Path descriptors = Path.of("/proc/self/fd");
		if (!Files.isDirectory(descriptors)) {
			return 0;
		}
		try (Stream<Path> all = Files.list(descriptors)) {
			return all.count();
		}
	}

	private static void report(Setting setting, int peers, List<Long> echoes, long hitch) throws IOException {
		Files.createDirectories(FIGURES);
		Files.writeString(FIGURES.resolve("hostile-peers-" + setting + ".txt"),
				"%d peers, %d echoes beside them; median %d us, 99 of 100 within %d us, longest %d us (machine %d us)%n"
					.formatted(peers, echoes.size(), echoes.get(echoes.size() / 2),
							echoes.get(echoes.size() * 99 / 100), echoes.get(echoes.size() - 1), hitch));
	}

}
