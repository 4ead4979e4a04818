package io.wsboot.server;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.server.Fault.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A start that fails leaves nothing behind, and a second one succeeds: at the same port,
 * of the same builder.
 */
@Timeout(60)
class StartFaultsTest {

	private final Fault fault = new Fault();

	private final FaultySockets sockets = new FaultySockets((call, accepted) -> this.fault.at(call));

	/** The selector of each of three loops, and the two steps of listening. */
	static Stream<Arguments> faults() {
		return Stream.of(Kind.IO, Kind.ILLEGAL_STATE, Kind.OUT_OF_MEMORY)
			.flatMap((kind) -> Stream.of(Arguments.of("open selector", 0, kind), Arguments.of("open selector", 1, kind),
					Arguments.of("open selector", 2, kind), Arguments.of("open listener", 0, kind),
					Arguments.of("bind", 0, kind)));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void leaveNothingBehind(String call, int before, Kind kind) {
		int port = freePort();
		WsServerBuilder builder = WsServer.builder()
			.port(port)
			.options((options) -> options.address(InetAddress.getLoopbackAddress()).eventLoops(3))
			.sockets(this.sockets)
			.handler("/echo", new RunningServer.Echo(), RunningServer.ON_LOOP);
		this.fault.once(call, kind, before);
		assertThatThrownBy(builder::start).satisfiesAnyOf(
				(thrown) -> assertThat(thrown).hasMessageContaining("as told"),
				(thrown) -> assertThat(thrown).hasRootCauseMessage("as told"));
		assertThat(this.sockets.open()).as("descriptors").isZero();
		try (WsServer server = builder.start(); RawClient client = RawClient.open(server.port(), "/echo")) {
			assertThat(server.port()).isEqualTo(port);
			client.expectEcho("second time");
		}
		assertThat(this.sockets.open()).as("descriptors").isZero();
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	private static int freePort() {
		try (WsServer server = WsServer.builder().port(0).start()) {
			return server.port();
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("ws-"))
			.toList();
	}

}
