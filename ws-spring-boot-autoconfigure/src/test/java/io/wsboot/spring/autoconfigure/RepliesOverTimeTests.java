package io.wsboot.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.wsboot.Execution;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.validation.BindException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies that are published or read over time, and payloads with constraints, over
 * sockets.
 */
class RepliesOverTimeTests {

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = RunningApp.start(List.of(Counting.class, CountingOnLoop.class, Files.class, Broken.class, Checked.class,
				Unchecked.class, Limited.class, Together.class));
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/count", "/loop/count" })
	void eachElementIsAMessage(String path) {
		try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
			client.send("3");
			assertThat(List.of(client.nextText(), client.nextText(), client.nextText())).containsExactly("0", "1", "2");
			client.send("-1");
			assertThat(client.nextText()).isEqualTo("failed: -1");
		}
	}

	/** A gigabyte is far more than buffers and queue hold. */
	@ParameterizedTest
	@ValueSource(strings = { "/count", "/loop/count" })
	void aClientThatDoesNotReadHoldsThePublisherBackAndItsEndCancelsIt(String path) throws Exception {
		Counting.requested.set(0);
		Counting.cancelled = new CompletableFuture<>();
		RawClient client = RawClient.connect(app.port(), path);
		try (client) {
			client.send(0x82, 1);
			AtomicLong before = new AtomicLong(-1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(300))
				.until(() -> Counting.requested.get() > 0
						&& before.getAndSet(Counting.requested.get()) == Counting.requested.get());
			assertThat(Counting.requested).hasValueLessThan(1_000_000);
			assertThat(Counting.cancelled).isNotDone();
		}
		assertThat(Counting.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aLongStreamArrivesWhole() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/count")) {
			client.send("50000");
			for (int i = 0; i < 50_000; i++) {
				assertThat(client.nextText()).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	void contentIsOneMessage() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/files")) {
			client.send("300000");
			assertThat(client.nextText()).isEqualTo("x".repeat(300_000));
			client.send(new byte[] { 1, 2, 3 });
			assertThat(client.nextBinary()).containsExactly(1, 2, 3);
		}
	}

	@Test
	void contentThatBreaksOffClosesTheSession() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/broken")) {
			client.send("go");
			assertThat(client.closeStatus().code()).isEqualTo(1011);
		}
		assertThat(Broken.closed).isTrue();
	}

	@Test
	void anInvalidPayloadIsToldOrClosesWith1007() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/checked")) {
			client.send("{\"x\":7}").send("{\"x\":200}").send("{\"x\":8}");
			assertThat(List.of(client.nextText(), client.nextText(), client.nextText())).containsExactly("7",
					"x must be less than or equal to 150", "8");
		}
		try (WsTestClient client = WsTestClient.connect(app.port(), "/unchecked")) {
			client.send("{\"x\":200}");
			assertThat(client.closeStatus().code()).isEqualTo(1007);
		}
	}

	/** Each waits for the other, so one after the other would be for ever. */
	@Test
	void severalMessagesOfASessionAtTheSameTime() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/together")) {
			client.send("a").send("b");
			assertThat(List.of(client.nextText(), client.nextText())).containsExactlyInAnyOrder("a", "b");
		}
	}

	@Test
	void limitsOfTheAnnotation() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/limited")) {
			assertThat(client.send("x".repeat(400_000)).nextText()).isEqualTo("400000");
			client.send("x".repeat(512 * 1024 + 1));
			assertThat(client.closeStatus().code()).isEqualTo(1009);
		}
	}

	@WsEndpoint("/count")
	static class Counting {

		static final AtomicLong requested = new AtomicLong();

		static volatile CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

		@OnMessage
		Flux<Integer> count(int most) {
			return Flux.range(0, most)
				.doOnRequest((number) -> requested.addAndGet(number))
				.doOnCancel(() -> cancelled.complete(true))
				.subscribeOn(Schedulers.parallel());
		}

		@OnMessage
		Flux<String> million(byte[] any) {
			return count(1_000_000).map((number) -> "x".repeat(1000));
		}

		@OnError
		String failed(IllegalArgumentException ex) {
			return "failed: -1";
		}

	}

	@WsEndpoint(path = "/loop/count", execution = Execution.EVENT_LOOP)
	static class CountingOnLoop {

		@OnMessage
		Flux<Integer> count(int most) {
			return (most < 0) ? Flux.error(new IllegalArgumentException()) : new Counting().count(most);
		}

		@OnMessage
		Flux<String> million(byte[] any) {
			return count(1_000_000).map((number) -> "x".repeat(1000));
		}

		@OnError
		String failed(IllegalArgumentException ex) {
			return "failed: -1";
		}

	}

	@WsEndpoint("/files")
	static class Files {

		@OnMessage
		Reader text(int length) {
			return new StringReader("x".repeat(length));
		}

		@OnMessage
		Resource binary(byte[] content) {
			return new ByteArrayResource(content);
		}

	}

	@WsEndpoint("/broken")
	static class Broken {

		static volatile boolean closed;

		@OnMessage
		InputStream text(String text) {
			return new InputStream() {

				private int left = 100_000;

				@Override
				public int read() {
					if (this.left-- == 0) {
						throw new IllegalStateException("broken");
					}
					return 0;
				}

				@Override
				public void close() throws IOException {
					closed = true;
				}

			};
		}

		@OnError
		void ignored(IllegalStateException ex) {
		}

	}

	record Point(@Max(150) int x) {
	}

	@WsEndpoint("/checked")
	static class Checked {

		@OnMessage
		int said(@Valid Point point) {
			return point.x();
		}

		@OnError
		String invalid(BindException ex) {
			return ex.getFieldErrors().get(0).getField() + " " + ex.getFieldErrors().get(0).getDefaultMessage();
		}

	}

	@WsEndpoint("/unchecked")
	static class Unchecked {

		@OnMessage
		int said(@Valid Point point) {
			return point.x();
		}

	}

	@WsEndpoint(path = "/together", concurrency = 2)
	static class Together {

		private final CyclicBarrier both = new CyclicBarrier(2);

		@OnMessage
		String said(String text) throws Exception {
			this.both.await(10, TimeUnit.SECONDS);
			return text;
		}

	}

	@WsEndpoint(path = "/limited", maxMessageSize = "${limited.size:512KB}")
	static class Limited {

		@OnMessage
		int said(String text) {
			return text.length();
		}

	}

}
