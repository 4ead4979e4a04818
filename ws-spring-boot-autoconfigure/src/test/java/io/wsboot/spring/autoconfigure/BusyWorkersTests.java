package io.wsboot.spring.autoconfigure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.spring.actuate.WsHealthIndicator;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Clients that connect while callbacks keep all workers busy. */
class BusyWorkersTests {

	private static RunningApp start(Class<?>... more) {
		List<Class<?>> beans = new ArrayList<>(
				List.of(Plain.class, Values.class, Looked.class, Judged.class, Workers.class));
		beans.addAll(List.of(more));
		return RunningApp.start(beans, "--ws.server.handshake.timeout=2s");
	}

	/** Until the application ends. */
	private static CountDownLatch keepBusy(RunningApp app) {
		CountDownLatch free = new CountDownLatch(1);
		app.context().getBean("wsServerExecutor", Executor.class).execute(() -> {
			try {
				free.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return free;
	}

	private static void expectLater(RunningApp app, String path) {
		assertThatExceptionOfType(HandshakeRefusedException.class)
			.isThrownBy(() -> WsTestClient.connect(app.port(), path))
			.satisfies((refused) -> {
				assertThat(refused.status()).isEqualTo(503);
				assertThat(refused.header("Retry-After")).isPresent();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/values/7?when=2026-02-03&of=a,b&unit=DAYS&price=1.5&mark=1,2",
			"/values/7?when=2026-02-03&of=a&unit=DAYS&price=1.5" })
	void connectWhereNoCodeDecides(String path) {
		try (RunningApp app = start()) {
			CountDownLatch free = keepBusy(app);
			try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
				client.send("hello");
				free.countDown();
				assertThat(client.nextText()).isEqualTo("hello");
			}
			finally {
				free.countDown();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/looked?account=ann", "/judged" })
	void areToldToComeLaterWhereSomeDoes(String path) {
		try (RunningApp app = start()) {
			CountDownLatch free = keepBusy(app);
			try {
				expectLater(app, path);
				Health busy = app.context().getBean(WsHealthIndicator.class).health();
				assertThat(busy.getStatus()).isEqualTo(Status.UP);
				assertThat(busy.getDetails()).containsEntry("handshakesWithoutWorker", 1L);
				assertThat((Long) busy.getDetails().get("workersBusyMillis")).isPositive();
				MeterRegistry meters = app.context().getBean(MeterRegistry.class);
				assertThat(meters.get("ws.server.errors").tag("kind", "no_worker").counter().count()).isOne();
				assertThat(meters.get("ws.server.handshakes")
					.tag("status", "503")
					.tag("outcome", "SERVER_ERROR")
					.timer()
					.count()).isOne();
			}
			finally {
				free.countDown();
			}
			WsTestClient.connect(app.port(), path).close();
			assertThat(app.context().getBean(WsHealthIndicator.class).health().getDetails())
				.containsEntry("workersBusyMillis", 0L);
		}
	}

	@Test
	void areToldToComeLaterWhereAnInterceptorDoes() {
		try (RunningApp app = start(Intercepted.class)) {
			CountDownLatch free = keepBusy(app);
			try {
				expectLater(app, "/plain");
			}
			finally {
				free.countDown();
			}
		}
	}

	@WsEndpoint("/plain")
	static class Plain {

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	@WsEndpoint("/values/{id}")
	static class Values {

		@OnOpen
		void opened(@PathParam int id, @QueryParam LocalDate when, @QueryParam List<String> of,
				@QueryParam TimeUnit unit, @QueryParam Optional<BigDecimal> price, @QueryParam Optional<UUID> other,
				@QueryParam Optional<Integer[]> mark) {
			assertThat(id).isEqualTo(7);
			assertThat(of).startsWith("a");
		}

		@OnMessage
		String echo(String text) {
			return text;
		}

	}

	/** As from a repository. */
	record Account(String name) {

		public static Account valueOf(String name) {
			return new Account(name);
		}

	}

	@WsEndpoint("/looked")
	static class Looked {

		@OnMessage
		String name(String text, @QueryParam Optional<Account> account) {
			return account.orElseThrow().name();
		}

	}

	@WsEndpoint("/judged")
	static class Judged {

		@OnHandshake
		boolean judge() {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Workers {

		@Bean
		ThreadPoolTaskExecutor wsServerExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setCorePoolSize(1);
			executor.setMaxPoolSize(1);
			return executor;
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Intercepted {

		@Bean
		HandshakeInterceptor asking() {
			return (request, next) -> next.proceed(request);
		}

	}

}
