package io.wsboot.docs.endpoints;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.sample.SampleApplication;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of handlers and executors. Spring Boot's own executor is forced, as
 * Spring's STOMP has brought executors.
 */
@SpringBootTest(
		classes = { SampleApplication.class, HandlerConfiguration.class, Rooms.class, HandlersTest.Later.class },
		webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "spring.task.execution.mode=force")
class HandlersTest {

	@LocalWsPort
	private int port;

	@Autowired
	private Rooms rooms;

	@Autowired
	private Later later;

	@Autowired
	@Qualifier("applicationTaskExecutor")
	private Executor executor;

	@Test
	void handlersAreServed() {
		try (WsTestClient client = WsTestClient.connect(this.port, "/ticker")) {
			assertThat(client.nextText()).isEqualTo("tick");
		}
	}

	@Test
	void roomsComeAndGo() {
		this.rooms.open("java", new ThreadName());
		try (WsTestClient client = WsTestClient.connect(this.port, "/rooms/java")) {
			assertThat(client.send("which thread?").nextText()).startsWith("ws-own-");
			this.rooms.close("java");
			assertThat(client.closeStatus().code()).isEqualTo(1001);
		}
		assertThat(WsTestClient.refusal(this.port, "/rooms/java").status()).isEqualTo(404);
	}

	@Test
	void theApplicationsOwnExecutorIsLeftAlone() throws Exception {
		assertThat(this.later.thread().get(10, TimeUnit.SECONDS)).startsWith("task-");
		CompletableFuture<String> thread = new CompletableFuture<>();
		this.executor.execute(() -> thread.complete(Thread.currentThread().getName()));
		assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("task-");
	}

	private static final class ThreadName implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(Thread.currentThread().getName());
		}

	}

	@EnableAsync
	static class Later {

		@Async
		CompletableFuture<String> thread() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

}
