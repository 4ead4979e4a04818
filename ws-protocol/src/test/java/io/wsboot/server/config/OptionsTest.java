package io.wsboot.server.config;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OptionsTest {

	private static final Duration MINUS = Duration.ofMillis(-1);

	private static Arguments row(String option, Object value, Consumer<WsServerOptionsBuilder> change) {
		return arguments(option, value.toString(), change);
	}

	private static OutboundOptions outbound(int queued, int mark, Duration stall) {
		return new OutboundOptions(queued, mark, OverflowPolicy.CLOSE, stall);
	}

	static Stream<Arguments> nonsense() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(row("port", -1, (o) -> o.port(-1)), row("port", 65536, (o) -> o.port(65536)),
				row("backlog", 0, (o) -> o.backlog(0)), row("event-loops", 0, (o) -> o.eventLoops(0)),
				row("max-frame-size", 0, (o) -> o.maxFrameSize(0)),
				row("max-message-size", 0, (o) -> o.maxMessageSize(0)),
				row("max-frame-size", 11, (o) -> o.maxFrameSize(11).maxMessageSize(10)),
				row("max-fragments", 0, (o) -> o.maxFragments(0)),
				row("fragmentation-threshold", -1, (o) -> o.fragmentationThreshold(-1)),
				row("idle-timeout", MINUS, (o) -> o.idleTimeout(MINUS)),
				row("ping-interval", MINUS, (o) -> o.pingInterval(MINUS)),
				row("pong-timeout", MINUS, (o) -> o.pongTimeout(MINUS)),
				row("max-lifetime", MINUS, (o) -> o.maxLifetime(MINUS)),
				row("close-timeout", Duration.ZERO, (o) -> o.closeTimeout(Duration.ZERO)),
				row("ping-interval", second, (o) -> o.pingInterval(second).idleTimeout(second)),
				row("max-connections", 0, (o) -> o.maxConnections(0)),
				row("max-connections-per-address", -1, (o) -> o.admission(new AdmissionOptions(-1, 0, 0))),
				row("max-connections-per-principal", -1, (o) -> o.admission(new AdmissionOptions(0, -1, 0))),
				row("max-handshakes-per-second", -1, (o) -> o.admission(new AdmissionOptions(0, 0, -1))),
				row("handshake.timeout", Duration.ZERO,
						(o) -> o.handshake(new HandshakeOptions(Duration.ZERO, 8192, 8192, 100))),
				row("handshake.max-request-line", 15, (o) -> o.handshake(new HandshakeOptions(second, 15, 64, 8))),
				row("handshake.max-headers-size", 63, (o) -> o.handshake(new HandshakeOptions(second, 16, 63, 8))),
				row("handshake.max-headers", 7, (o) -> o.handshake(new HandshakeOptions(second, 16, 64, 7))),
				row("inbound.max-pending-messages", 0, (o) -> o.inbound(new InboundOptions(0, 1 << 20, 0, 1))),
				row("inbound.max-pending-bytes", 0, (o) -> o.inbound(new InboundOptions(1, 0, 0, 1))),
				row("inbound.max-messages-per-second", -1, (o) -> o.inbound(new InboundOptions(1, 1 << 20, -1, 1))),
				row("inbound.max-control-frames-per-second", 0, (o) -> o.inbound(new InboundOptions(1, 1 << 20, 0, 0))),
				row("inbound.max-bytes-per-second", -1, (o) -> o.inbound(new InboundOptions(1, 1 << 20, 0, 1, -1))),
				row("inbound.max-total-pending", -1, (o) -> o.inbound(new InboundOptions(1, 1 << 20, 0, 1, 0, -1))),
				row("ipv6-prefix-length", 0,
						(o) -> o.admission(new AdmissionOptions(0, 0, 0, ProxyOptions.DEFAULTS, 0))),
				row("ipv6-prefix-length", 129,
						(o) -> o.admission(new AdmissionOptions(0, 0, 0, ProxyOptions.DEFAULTS, 129))),
				row("outbound.max-queued", 0, (o) -> o.outbound(outbound(0, 1, second))),
				row("outbound.high-water-mark", 0, (o) -> o.outbound(outbound(1, 0, second))),
				row("outbound.high-water-mark", 2, (o) -> o.outbound(outbound(1, 2, second))),
				row("outbound.stall-timeout", MINUS, (o) -> o.outbound(outbound(2, 1, MINUS))),
				row("outbound.max-total-queued", -1,
						(o) -> o.outbound(new OutboundOptions(2, 1, OverflowPolicy.CLOSE, second, -1))),
				row("shutdown.batch-size", 0, (o) -> o.shutdown(new ShutdownOptions(0, second, second))),
				row("shutdown.batch-interval", MINUS, (o) -> o.shutdown(new ShutdownOptions(1, MINUS, second))),
				row("shutdown.timeout", Duration.ZERO,
						(o) -> o.shutdown(new ShutdownOptions(1, second, Duration.ZERO))));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("nonsense")
	void nonsenseIsNamed(String option, String value, Consumer<WsServerOptionsBuilder> change) {
		assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> {
			WsServerOptionsBuilder builder = WsServerOptions.builder();
			change.accept(builder);
			builder.build();
		})
			.withMessageStartingWith(option + " is " + value + " but must")
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo(option));
	}

	static Stream<Arguments> tooLong() {
		Duration ages = Duration.ofDays(1_000_000);
		return Stream.of(row("idle-timeout", ages, (o) -> o.idleTimeout(ages)),
				row("ping-interval", ages, (o) -> o.idleTimeout(Duration.ZERO).pingInterval(ages)),
				row("pong-timeout", ages, (o) -> o.pongTimeout(ages)),
				row("close-timeout", ages, (o) -> o.closeTimeout(ages)),
				row("max-lifetime", ages, (o) -> o.maxLifetime(ages)),
				row("handshake.timeout", ages, (o) -> o.handshake(new HandshakeOptions(ages, 8192, 8192, 100))),
				row("outbound.stall-timeout", ages, (o) -> o.outbound(outbound(2, 1, ages))),
				row("shutdown.batch-interval", ages, (o) -> o.shutdown(new ShutdownOptions(1, ages, MINUS.negated()))),
				row("shutdown.timeout", ages, (o) -> o.shutdown(new ShutdownOptions(1, Duration.ZERO, ages))));
	}

	/** It would overflow when it is counted in nanoseconds. */
	@ParameterizedTest(name = "{0}")
	@MethodSource("tooLong")
	void agesAreNamed(String option, String value, Consumer<WsServerOptionsBuilder> change) {
		nonsenseIsNamed(option, value, change);
	}

	@Test
	void theDefaultsAreThoseOfTheDocumentation() {
		WsServerOptions options = WsServerOptions.builder().build();
		assertThat(options.port()).isEqualTo(8090);
		assertThat(options.maxMessageSize()).isEqualTo(262_144);
		assertThat(options.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
		assertThat(options.outbound()).isEqualTo(new OutboundOptions(1_048_576, 65_536, OverflowPolicy.CLOSE,
				Duration.ofSeconds(30), Runtime.getRuntime().maxMemory() / 4));
	}

	static Stream<Arguments> oneOptionMovesWhatDependsOnIt() {
		return Stream.of(moves("max-message-size=10MB", (o) -> o.maxMessageSize(10 << 20), 10 << 20, 25_000, 20_000),
				moves("max-message-size=64KB", (o) -> o.maxMessageSize(64 << 10), 64 << 10, 25_000, 20_000),
				moves("max-message-size=1", (o) -> o.maxMessageSize(1), 1, 25_000, 20_000),
				moves("idle-timeout=12s", (o) -> o.idleTimeout(Duration.ofSeconds(12)), 256 << 10, 5_000, 4_000),
				moves("idle-timeout=1ms", (o) -> o.idleTimeout(Duration.ofMillis(1)), 256 << 10, 0, 0),
				moves("idle-timeout=1h", (o) -> o.idleTimeout(Duration.ofHours(1)), 256 << 10, 25_000, 20_000),
				moves("idle-timeout=0", (o) -> o.idleTimeout(Duration.ZERO), 256 << 10, 25_000, 20_000));
	}

	private static Arguments moves(String what, Consumer<WsServerOptionsBuilder> change, int frame, long ping,
			long pong) {
		return arguments(what, change, frame, ping, pong);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void oneOptionMovesWhatDependsOnIt(String what, Consumer<WsServerOptionsBuilder> change, int frame, long ping,
			long pong) {
		WsServerOptionsBuilder builder = WsServerOptions.builder();
		change.accept(builder);
		WsServerOptions options = builder.build();
		assertThat(options.maxFrameSize()).isEqualTo(frame);
		assertThat(options.pingInterval().toMillis()).isEqualTo(ping);
		assertThat(options.pongTimeout().toMillis()).isEqualTo(pong);
	}

	@Test
	void whatIsSetStays() {
		WsServerOptions options = WsServerOptions.builder()
			.maxFrameSize(1000)
			.pingInterval(Duration.ofSeconds(7))
			.pongTimeout(Duration.ofSeconds(50))
			.maxMessageSize(10 << 20)
			.idleTimeout(Duration.ofSeconds(8))
			.build();
		assertThat(options.maxFrameSize()).isEqualTo(1000);
		assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(7));
		assertThat(options.pongTimeout()).isEqualTo(Duration.ofSeconds(50));
	}

	@Test
	void theHighWaterMarkFollowsTheQueue() {
		assertThat(OutboundOptions.DEFAULTS.withMaxQueued(32 << 10).highWaterMark()).isEqualTo(32 << 10);
		assertThat(OutboundOptions.DEFAULTS.withMaxQueued(32 << 20).highWaterMark()).isEqualTo(64 << 10);
		assertThatExceptionOfType(InvalidOptionException.class)
			.isThrownBy(() -> OutboundOptions.DEFAULTS.withMaxQueued(0))
			.satisfies((ex) -> assertThat(ex.option()).isEqualTo("outbound.max-queued"));
	}

}
