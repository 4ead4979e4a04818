package io.wsboot.spring.autoconfigure;

import java.util.stream.Stream;

import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.spring.autoconfigure.diagnostics.InvalidOptionFailureAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Values that make no sense stop the start, with words that name the property. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidOptionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WsServerAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0")
		.withInitializer((context) -> this.environment = context.getEnvironment());

	private Environment environment = new StandardEnvironment();

	static Stream<Arguments> nonsense() {
		return Stream.of(
		// @formatter:off
			Arguments.of("port", "-1"), Arguments.of("port", "65536"),
			Arguments.of("backlog", "0"), Arguments.of("backlog", "-1"),
			Arguments.of("event-loops", "0"), Arguments.of("event-loops", "-2"),
			Arguments.of("max-frame-size", "0"), Arguments.of("max-frame-size", "-1"), Arguments.of("max-frame-size", "257KB"),
			Arguments.of("max-message-size", "0"), Arguments.of("max-message-size", "-1KB"),
			Arguments.of("max-fragments", "0"),
			Arguments.of("fragmentation-threshold", "-1"),
			Arguments.of("idle-timeout", "-1s"),
			Arguments.of("ping-interval", "-1s"), Arguments.of("ping-interval", "60s"), Arguments.of("ping-interval", "2m"),
			Arguments.of("pong-timeout", "-1s"),
			Arguments.of("close-timeout", "0"), Arguments.of("close-timeout", "-1s"),
			Arguments.of("max-lifetime", "-1s"),
			Arguments.of("max-connections", "0"),
			Arguments.of("max-connections-per-address", "-1"), Arguments.of("max-connections-per-principal", "-1"),
			Arguments.of("max-handshakes-per-second", "-1"), Arguments.of("inbound.max-bytes-per-second", "-1"),
			Arguments.of("handshake.timeout", "0"), Arguments.of("handshake.max-request-line", "15"),
			Arguments.of("handshake.max-headers-size", "63"), Arguments.of("handshake.max-headers", "7"),
			Arguments.of("inbound.max-pending-messages", "0"), Arguments.of("inbound.max-pending-bytes", "0"), Arguments.of("inbound.max-messages-per-second", "-1"), Arguments.of("inbound.max-control-frames-per-second", "0"),
			Arguments.of("trusted-proxies", "proxy.test"), Arguments.of("trusted-proxies", "10.0.0.0/33"),
			Arguments.of("proxy-protocol", "true"), Arguments.of("health-path", "healthz"), Arguments.of("health-path", "/{id}"),
			Arguments.of("address", "unix:"), Arguments.of("address", "no such host"), Arguments.of("address", "unix:/no/such/directory/ws.sock"),
			Arguments.of("address", "unix:/tmp/" + "x".repeat(200)),
			Arguments.of("allowed-origins", "example.com"), Arguments.of("allowed-origins", "https://a.example/path"),
			Arguments.of("allowed-origins", "http://localhost:99999"),
			Arguments.of("outbound.max-queued", "0"), Arguments.of("outbound.high-water-mark", "0"),
			Arguments.of("outbound.high-water-mark", "2MB"), Arguments.of("outbound.stall-timeout", "-1s"),
			Arguments.of("outbound.max-total-queued", "-1"), Arguments.of("inbound.max-total-pending", "-1"),
			Arguments.of("ipv6-prefix-length", "0"), Arguments.of("ipv6-prefix-length", "129"),
			Arguments.of("compression.level", "0"), Arguments.of("compression.level", "10"),
			Arguments.of("compression.threshold", "-1"),
			Arguments.of("shutdown.batch-size", "0"), Arguments.of("shutdown.batch-interval", "-1s"),
			Arguments.of("shutdown.timeout", "0"));
		// @formatter:on
	}

	@ParameterizedTest(name = "{0} = {1}")
	@MethodSource
	void nonsense(String name, String value) {
		this.runner.withPropertyValues("ws.server." + name + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidOptionFailureAnalyzer(this.environment)
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).startsWith("The WebSocket server cannot start: ws.server." + name)
				.contains("It was set to '" + value + "' in ");
			assertThat(analysis.getAction()).contains("ws.server." + name);
		});
	}

	@ParameterizedTest(name = "{0} = {1}")
	@CsvSource({ "max-frame-size,3GB", "max-message-size,2GB", "fragmentation-threshold,4GB",
			"handshake.max-request-line,1TB", "handshake.max-headers-size,9GB", "outbound.max-queued,2GB",
			"outbound.high-water-mark,8GB", "compression.threshold,2GB", "compression.level,x",
			"compression.enabled,perhaps", "port,x", "idle-timeout,soon", "execution,sometimes", "max-frame-size,big",
			"event-loops,9999999999" })
	void beyondItsType(String name, String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--ws.server." + name + "=" + value));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START")
			.contains("ws.server." + name)
			.contains(value);
	}

	@Test
	void theWholeReport(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--ws.server.max-frame-size=300KB"))
			.satisfies((ex) -> assertThat(NestedExceptionUtils.getRootCause(ex))
				.isInstanceOf(InvalidOptionException.class));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START",
				"The WebSocket server cannot start: ws.server.max-frame-size is 307200 but must not be above max-message-size, which is 262144. It was set to '300KB' in",
				"Correct ws.server.max-frame-size, or the WsServerOptionsCustomizer that changes it.");
	}

	@Test
	void nonsenseOfACustomizerIsToldToo() {
		this.runner.withBean(WsServerOptionsCustomizer.class, () -> (options) -> options.backlog(-5)).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidOptionFailureAnalyzer(this.environment)
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription())
				.isEqualTo("The WebSocket server cannot start: ws.server.backlog is -5 but must be at least 1.");
			assertThat(analysis.getAction()).startsWith("Correct the WsServerOptionsCustomizer that sets");
		});
	}

	/** Of two properties that contradict each other, that which depends on the other. */
	@ParameterizedTest(name = "{0} {2}")
	@CsvSource({ "max-frame-size,65KB,max-message-size,64KB", "ping-interval,20s,idle-timeout,20s",
			"outbound.high-water-mark,33KB,outbound.max-queued,32KB" })
	void contradictions(String name, String value, String other, String otherValue) {
		this.runner.withPropertyValues("ws.server." + other + "=" + otherValue)
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("ws.server." + name + "=" + value, "ws.server." + other + "=" + otherValue)
			.run((context) -> {
				FailureAnalysis analysis = new InvalidOptionFailureAnalyzer(this.environment)
					.analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).startsWith("The WebSocket server cannot start: ws.server." + name)
					.contains(other + ", which is ")
					.contains("It was set to '" + value + "' in ");
			});
	}

	private static void start(String... arguments) {
		SpringApplication application = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).build();
		application.run(arguments).close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
