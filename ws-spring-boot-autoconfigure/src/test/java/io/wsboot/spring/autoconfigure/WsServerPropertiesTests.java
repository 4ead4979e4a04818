package io.wsboot.spring.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wsboot.Execution;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ListenAddress;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.WsServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class WsServerPropertiesTests {

	private static final Duration PHASE = Duration.ofSeconds(30);

	private static WsServerOptions options(Map<String, String> properties) {
		WsServerProperties bound = new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("ws.server",
				Bindable.of(WsServerProperties.class));
		return new PropertiesMapping(bound).toOptions(PHASE).build();
	}

	@Test
	void withoutAnyPropertyTheOptionsAreTheServersOwnDefaults() {
		assertThat(options(Map.of())).isEqualTo(WsServerOptions.builder().build());
	}

	static Stream<Arguments> everyPropertyReachesItsOption() throws Exception {
		ListenAddress loopback = ListenAddress.tcp(InetAddress.getByName("127.0.0.1"));
		return Stream.of(
		// @formatter:off
			property("address", "127.0.0.1", WsServerOptions::address, loopback),
			property("address", "unix:/run/ws.sock", WsServerOptions::address, ListenAddress.unix(Path.of("/run/ws.sock"))),
			property("health-path", "/healthz", (options) -> String.valueOf(options.handshake().healthPath()), "/healthz"),
			property("port", "9001", WsServerOptions::port, 9001),
			property("backlog", "7", WsServerOptions::backlog, 7),
			property("event-loops", "3", WsServerOptions::eventLoops, 3),
			property("max-frame-size", "1KB", WsServerOptions::maxFrameSize, 1024),
			property("max-message-size", "64MB", WsServerOptions::maxMessageSize, 64 * 1024 * 1024),
			property("max-fragments", "5", WsServerOptions::maxFragments, 5),
			property("fragmentation-threshold", "0", WsServerOptions::fragmentationThreshold, 0),
			property("idle-timeout", "5m", WsServerOptions::idleTimeout, Duration.ofMinutes(5)),
			property("ping-interval", "0", WsServerOptions::pingInterval, Duration.ZERO),
			property("pong-timeout", "3s", WsServerOptions::pongTimeout, Duration.ofSeconds(3)),
			property("close-timeout", "1s", WsServerOptions::closeTimeout, Duration.ofSeconds(1)),
			property("max-lifetime", "1h", WsServerOptions::maxLifetime, Duration.ofHours(1)),
			property("max-connections", "9", WsServerOptions::maxConnections, 9),
			property("max-connections-per-address", "2", (options) -> options.admission().maxConnectionsPerAddress(), 2),
			property("max-connections-per-principal", "3", (options) -> options.admission().maxConnectionsPerPrincipal(), 3),
			property("max-handshakes-per-second", "4", (options) -> options.admission().maxHandshakesPerSecond(), 4),
			property("allowed-origins", "https://a.example,https://*.b.example", WsServerOptions::allowedOrigins, List.of("https://a.example", "https://*.b.example")),
			property("allow-same-host", "false", WsServerOptions::allowSameHost, false),
			property("execution", "event-loop", WsServerOptions::execution, Execution.EVENT_LOOP),
			property("handshake.timeout", "2s", (options) -> options.handshake().timeout(), Duration.ofSeconds(2)),
			property("handshake.max-request-line", "1KB", (options) -> options.handshake().maxRequestLine(), 1024),
			property("handshake.max-headers-size", "2KB", (options) -> options.handshake().maxHeadersSize(), 2048),
			property("handshake.max-headers", "20", (options) -> options.handshake().maxHeaders(), 20),
			property("inbound.max-pending-messages", "4", (options) -> options.inbound().maxPendingMessages(), 4),
			property("inbound.max-pending-bytes", "3KB", (options) -> options.inbound().maxPendingBytes(), 3 * 1024),
			property("inbound.max-messages-per-second", "50", (options) -> options.inbound().maxMessagesPerSecond(), 50),
			property("inbound.max-control-frames-per-second", "20", (options) -> options.inbound().maxControlFramesPerSecond(), 20),
			property("trusted-proxies", "10.0.0.0/8,::1", (options) -> options.admission().proxies().trusted(), List.of("10.0.0.0/8", "::1")),
			property("forwarded-headers", "forwarded", (options) -> options.admission().proxies().headers(), ProxyOptions.Headers.FORWARDED),
			property("inbound.max-bytes-per-second", "3GB", (options) -> options.inbound().maxBytesPerSecond(), 3L * 1024 * 1024 * 1024),
			property("inbound.max-total-pending", "6GB", (options) -> options.inbound().maxTotalPending(), 6L * 1024 * 1024 * 1024),
			property("ipv6-prefix-length", "56", (options) -> options.admission().ipv6PrefixLength(), 56),
			property("outbound.max-queued", "2MB", (options) -> options.outbound().maxQueued(), 2 * 1024 * 1024),
			property("outbound.high-water-mark", "1KB", (options) -> options.outbound().highWaterMark(), 1024),
			property("outbound.overflow", "drop-oldest", (options) -> options.outbound().overflow(), OverflowPolicy.DROP_OLDEST),
			property("outbound.stall-timeout", "9s", (options) -> options.outbound().stallTimeout(), Duration.ofSeconds(9)),
			property("outbound.max-total-queued", "5GB", (options) -> options.outbound().maxTotalQueued(), 5L * 1024 * 1024 * 1024),
			property("compression.enabled", "true", (options) -> options.compression().enabled(), true),
			property("compression.level", "9", (options) -> options.compression().level(), 9),
			property("compression.threshold", "0", (options) -> options.compression().threshold(), 0),
			property("compression.context-takeover", "true", (options) -> options.compression().contextTakeover(), true),
			property("shutdown.batch-size", "8", (options) -> options.shutdown().batchSize(), 8),
			property("shutdown.batch-interval", "1s", (options) -> options.shutdown().batchInterval(), Duration.ofSeconds(1)),
			property("shutdown.timeout", "3s", (options) -> options.shutdown().timeout(), Duration.ofSeconds(3)));
		// @formatter:on
	}

	@Test
	void someNeedAnother() {
		assertThat(options(Map.of("ws.server.address", "unix:/run/ws.sock", "ws.server.unix-permissions", "rw-rw----"))
			.address()).isEqualTo(ListenAddress.unix(Path.of("/run/ws.sock")).withPermissions("rw-rw----"));
		assertThat(options(Map.of("ws.server.trusted-proxies", "unix", "ws.server.proxy-protocol", "true")).admission()
			.proxies()).isEqualTo(new ProxyOptions(List.of("unix"), ProxyOptions.Headers.X_FORWARDED, true));
	}

	private static Arguments property(String name, String value, Function<WsServerOptions, Object> option,
			Object expected) {
		return Arguments.of(name, value, option, expected);
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource
	void everyPropertyReachesItsOption(String name, String value, Function<WsServerOptions, Object> option,
			Object expected) {
		assertThat(option.apply(WsServerOptions.builder().build())).isNotEqualTo(expected);
		assertThat(option.apply(options(Map.of("ws.server." + name, value)))).isEqualTo(expected);
	}

	@Test
	void theTableAboveMissesNoProperty() throws Exception {
		Stream<String> tested = everyPropertyReachesItsOption().map((row) -> "ws.server." + row.get()[0]).distinct();
		Stream<String> elsewhere = Stream.of("ws.server.enabled", "ws.server.ssl.bundle", "ws.server.ssl.client-auth",
				"ws.server.observations.enabled", "ws.server.observations.excluded-endpoints",
				"ws.server.unix-permissions", "ws.server.proxy-protocol");
		Stream<String> security = Stream
			.of("enabled", "permit-all", "basic", "bearer", "token-in-query", "token-in-subprotocol",
					"client-certificate", "expiry-close-code")
			.map((name) -> "ws.server.security." + name);
		Stream<String> web = Stream.of("enabled", "take-over", "http-session-attributes", "session-end-close-code")
			.map((name) -> "ws.server.web." + name);
		Stream<String> spring = Stream.of("enabled", "execution").map((name) -> "ws.server.spring-websocket." + name);
		assertThat(Stream.of(tested, elsewhere, security, web, spring).flatMap((names) -> names))
			.containsExactlyInAnyOrderElementsOf(Metadata.read().keySet());
	}

	/** Each row: a property that is set alone, and an option that follows. */
	static Stream<Arguments> onePropertyMovesWhatDependsOnIt() {
		return Stream.of(
		// @formatter:off
			property("max-message-size", "10MB", WsServerOptions::maxFrameSize, 10 * 1024 * 1024),
			property("max-message-size", "64KB", WsServerOptions::maxFrameSize, 64 * 1024),
			property("idle-timeout", "12s", WsServerOptions::pingInterval, Duration.ofSeconds(5)),
			property("idle-timeout", "12s", WsServerOptions::pongTimeout, Duration.ofSeconds(4)),
			property("outbound.max-queued", "32KB", (options) -> options.outbound().highWaterMark(), 32 * 1024));
		// @formatter:on
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource
	void onePropertyMovesWhatDependsOnIt(String name, String value, Function<WsServerOptions, Object> option,
			Object expected) {
		everyPropertyReachesItsOption(name, value, option, expected);
	}

	/** Small and big values of every property that is a number, a size or a time. */
	static Stream<Arguments> everyQuantity() throws Exception {
		Map<String, List<String>> values = Map.of("org.springframework.util.unit.DataSize",
				List.of("0", "1", "100B", "1KB", "100KB", "1MB", "100MB", "1GB"), "java.time.Duration",
				List.of("0", "1ms", "1s", "10s", "1m", "1h"), "java.lang.Integer",
				List.of("0", "1", "10", "1000", "100000", "2147483647"));
		return Metadata.read()
			.entrySet()
			.stream()
			.flatMap((property) -> values.getOrDefault(property.getValue().get("type").asString(), List.of())
				.stream()
				.map((value) -> Arguments.of(property.getKey(), value)));
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource("everyQuantity")
	void aPropertyThatIsSetAloneFailsUnderItsOwnNameIfAtAll(String name, String value) {
		try {
			options(Map.of(name, value));
		}
		catch (InvalidOptionException ex) {
			assertThat("ws.server." + ex.option()).isEqualTo(name);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, 1 })
	void whoDoesNotWaitForAPhaseIsNotToldOfAnotherProperty(long nanos) {
		assertThat(new PropertiesMapping(defaults()).toOptions(Duration.ofNanos(nanos)).build().shutdown().timeout())
			.isEqualTo(Duration.ofMillis(1));
	}

	private static WsServerProperties defaults() {
		return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("ws.server",
				Bindable.of(WsServerProperties.class));
	}

	@Test
	void aStopTakesNoLongerThanSpringWaitsForIt() {
		Duration phase = Duration.ofSeconds(7);
		assertThat(new PropertiesMapping(defaults()).toOptions(phase).build().shutdown().timeout()).isEqualTo(phase);
	}

}
