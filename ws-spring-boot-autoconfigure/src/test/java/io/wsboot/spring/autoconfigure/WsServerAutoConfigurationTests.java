package io.wsboot.spring.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.spring.actuate.WsHealthIndicator;
import io.wsboot.spring.actuate.WsInfoContributor;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerLifecycle;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import io.wsboot.spring.metrics.WsServerMeters;
import io.wsboot.spring.metrics.WsServerStatsMeters;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** What is there under which condition. */
class WsServerAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WsServerAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("ws.server.port=0", "ws.server.security.enabled=false");

	private final ApplicationContextRunner withMetrics = this.runner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	private static int port(AssertableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	@Test
	void serverRunsByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(WsSessions.class)
				.hasSingleBean(WsServerStats.class)
				.hasSingleBean(WsHealthIndicator.class)
				.hasSingleBean(StandardPayloadConverter.class)
				.doesNotHaveBean(WsServerObserver.class);
			assertThat(context.getBean(WsServerLifecycle.class).isRunning()).isTrue();
		});
	}

	@Test
	void disabledThereIsNoServer() {
		this.runner.withPropertyValues("ws.server.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WsServerLifecycle.class)
				.doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void customizersChangeWhatPropertiesSay() {
		this.runner.withPropertyValues("ws.server.max-connections=5", "ws.server.backlog=6")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				WsServerOptions options = context.getBean(WsServerOptions.class);
				assertThat(options.maxConnections()).isEqualTo(8);
				assertThat(options.backlog()).isEqualTo(6);
				WsServerLifecycle lifecycle = context.getBean(WsServerLifecycle.class);
				assertThat(lifecycle.server()).isNotNull();
				assertThat(lifecycle.server().options()).isEqualTo(options);
			});
	}

	@Test
	void withoutJacksonTextStillWorks() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.withBean(ThreadName.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(JsonCodec.class);
				try (WsTestClient client = WsTestClient.connect(port(context), "/thread")) {
					assertThat(client.send("x").nextText()).isNotEmpty();
				}
			});
	}

	@Test
	void withoutJacksonJsonIsAnInvalidEndpoint() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.withBean(Json.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidEndpointException.class)
				.hasMessageContaining("there is no JSON library"));
	}

	@Test
	void withoutAMapperBeanJsonIsAnInvalidEndpoint() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WsServerAutoConfiguration.class))
			.withPropertyValues("ws.server.port=0", "ws.server.security.enabled=false")
			.withBean(Json.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidEndpointException.class));
	}

	@Test
	void aJsonCodecOfTheApplicationIsUsed() {
		this.runner.withBean(Json.class).withUserConfiguration(OwnCodec.class).run((context) -> {
			assertThat(context).hasSingleBean(JsonCodec.class);
			try (WsTestClient client = WsTestClient.connect(port(context), "/json")) {
				assertThat(client.send("5").nextText()).isEqualTo("own 6");
			}
		});
	}

	@Test
	void aPayloadConverterOfTheApplicationIsUsed() {
		this.runner.withBean(Json.class)
			.withBean(PayloadConverter.class, () -> (payload) -> Message.text("converted " + payload))
			.run((context) -> {
				assertThat(context).hasSingleBean(PayloadConverter.class);
				try (WsTestClient client = WsTestClient.connect(port(context), "/json")) {
					assertThat(client.send("5").nextText()).isEqualTo("converted 6");
				}
			});
	}

	@Test
	void withoutMicrometerItStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WsServerLifecycle.class)
				.doesNotHaveBean(WsServerMeters.class));
	}

	@Test
	void withARegistryThereAreMeters() {
		this.withMetrics.withBean(ThreadName.class).run((context) -> {
			assertThat(context).hasSingleBean(WsServerMeters.class).hasSingleBean(WsServerStatsMeters.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("ws.server.connections").tag("endpoint", "/thread").gauge().value()).isZero();
		});
	}

	@Test
	void metersCanBeTurnedOff() {
		this.withMetrics.withBean(ThreadName.class)
			.withPropertyValues("management.metrics.enable.ws.server=false")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(MeterRegistry.class).find("ws.server.connections").gauge()).isNull();
			});
	}

	@Test
	void withoutHealthItStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WsServerLifecycle.class)
				.doesNotHaveBean("wsHealthIndicator"));
	}

	@Test
	void healthCanBeTurnedOff() {
		this.runner.withPropertyValues("management.health.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WsHealthIndicator.class));
	}

	@Test
	void infoIsThereUnlessTurnedOff() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(WsInfoContributor.class));
		this.runner.withPropertyValues("management.info.ws.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WsInfoContributor.class));
		this.runner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("wsInfoContributor"));
	}

	@Test
	void allObserversAreTold() {
		this.withMetrics.withUserConfiguration(Observers.class).withBean(ThreadName.class).run((context) -> {
			Observers.seen.clear();
			try (WsTestClient client = WsTestClient.connect(port(context), "/thread")) {
				assertThat(Observers.seen.poll(10, TimeUnit.SECONDS)).isEqualTo("a /thread");
				assertThat(Observers.seen.poll(10, TimeUnit.SECONDS)).isEqualTo("b /thread");
				client.close(CloseStatus.NORMAL);
			}
			assertThat(context.getBean(MeterRegistry.class).get("ws.server.handshakes").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void callbacksRunOnTheServersOwnPoolByDefault() {
		this.runner.withBean(ThreadName.class).run((context) -> assertThat(thread(context)).startsWith("ws-handler-"));
	}

	@Test
	void callbacksRunOnTheEventLoopIfThePropertySaysSo() {
		this.runner.withBean(ThreadName.class)
			.withPropertyValues("ws.server.execution=event-loop")
			.run((context) -> assertThat(thread(context)).startsWith("ws-loop-"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void callbacksRunOnVirtualThreadsIfTheApplicationHasThem() {
		this.runner.withBean(ThreadName.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(thread(context)).startsWith("ws-worker-"));
	}

	@Test
	void callbacksRunOnTheApplicationsExecutorOfThatName() {
		this.runner.withUserConfiguration(OwnExecutor.class)
			.withBean(ThreadName.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(thread(context)).isEqualTo("own"));
	}

	@Test
	void theApplicationKeepsItsTaskExecutor() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor").hasSingleBean(Executor.class));
	}

	private static String thread(AssertableApplicationContext context) throws InterruptedException {
		try (WsTestClient client = WsTestClient.connect(port(context), "/thread")) {
			return client.send("?").nextText();
		}
	}

	@WsEndpoint("/thread")
	static class ThreadName {

		@OnMessage
		String on(String text) {
			return Thread.currentThread().getName();
		}

	}

	@WsEndpoint("/json")
	static class Json {

		@OnMessage
		Integer on(Integer number) {
			return number + 1;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		WsServerOptionsCustomizer last() {
			return (options) -> options.maxConnections(8);
		}

		@Bean
		@Order(1)
		WsServerOptionsCustomizer first() {
			return (options) -> options.maxConnections(7);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCodec {

		@Bean
		JsonCodec codec() {
			return new JsonCodec() {

				@Override
				public Reader readerFor(java.lang.reflect.Type type) {
					return Integer::valueOf;
				}

				@Override
				public String write(Object value) {
					return "own " + value;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observers {

		static final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@Bean
		@Order(1)
		WsServerObserver a() {
			return observer("a ");
		}

		@Bean
		@Order(2)
		WsServerObserver b() {
			return observer("b ");
		}

		private static WsServerObserver observer(String name) {
			return new WsServerObserver() {

				@Override
				public void opened(WsSession session) {
					seen.add(name + session.endpoint());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean(destroyMethod = "shutdown")
		ExecutorService wsServerExecutor() {
			return Executors.newSingleThreadExecutor((task) -> new Thread(task, "own"));
		}

	}

}
