package io.wsboot.spring.reactor;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.spring.reactor.HandOverTests.Echo;
import io.wsboot.spring.reactor.NettyApp.Transport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerMetricsRecorder;

import static io.wsboot.spring.reactor.FrameClient.get;
import static io.wsboot.spring.reactor.FrameClient.request;
import static io.wsboot.spring.reactor.FrameClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Reactor Netty and Netty count goes back to where it was. */
class BookkeepingTests {

	private static NettyApp start(Transport transport, UnaryOperator<HttpServer> settings) {
		return NettyApp.start(transport, (server) -> server.handler("/echo", new Echo(),
				EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP)), settings);
	}

	@ParameterizedTest
	@EnumSource
	void thousandsLeaveNoChannelNoDescriptorAndNoBuffer(Transport transport) throws Exception {
		ListAppender<ILoggingEvent> leaks = new ListAppender<>();
		Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
		ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
		leaks.start();
		detector.addAppender(leaks);
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		try (NettyApp app = start(transport, (http) -> http)) {
			try (FrameClient first = app.client()) {
				first.open("/echo").closeInOrder();
			}
			app.expectNothingLeft();
			long descriptors = descriptors();
			int rounds = transport.tls ? 4 : 20;
			for (int round = 0; round < rounds; round++) {
				List<FrameClient> clients = new ArrayList<>();
				for (int i = 0; i < 100; i++) {
					FrameClient client = app.client();
					clients.add(client);
					client.send(request("/echo"), text("early")).head();
				}
				for (int i = 0; i < clients.size(); i++) {
					end(clients.get(i), i);
				}
			}
			app.expectNothingLeft();
			await().atMost(Duration.ofSeconds(20)).until(BookkeepingTests::descriptors, (now) -> now <= descriptors);
			for (int i = 0; i < 20; i++) { // leaks are reported when buffers are
											// allocated
				System.gc();
				PooledByteBufAllocator.DEFAULT.buffer(16).release();
			}
			assertThat(leaks.list).isEmpty();
		}
		finally {
			ResourceLeakDetector.setLevel(before);
			detector.detachAppender(leaks);
		}
	}

	private static void end(FrameClient client, int way) throws IOException {
		switch (way % 4) {
			case 0 -> {
				assertThat(client.readText()).isEqualTo("early");
				client.closeInOrder();
			}
			case 1 -> client.close();
			case 2 -> client.send(text("lost"), new byte[] { (byte) 0x81, (byte) 0xFE }).reset();
			default -> client.reset();
		}
	}

	private static long descriptors() throws IOException {
		Path all = Path.of("/proc/self/fd");
		Assumptions.assumeTrue(Files.isDirectory(all));
		try (Stream<Path> each = Files.list(all)) {
			return each.filter(BookkeepingTests::isSocket).count();
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false; // closed meanwhile
		}
	}

	@ParameterizedTest
	@EnumSource
	void metersOfConnectionsGoBackToZero(Transport transport) throws Exception {
		Counts counts = new Counts();
		try (NettyApp app = start(transport, (http) -> http.metrics(true, counts::recorder, (uri) -> uri))) {
			try (FrameClient client = app.client(); FrameClient other = app.client()) {
				client.open("/echo");
				other.send(get("/http")).response();
				assertThat(counts.opened()).isEqualTo(2);
				await().atMost(Duration.ofSeconds(20))
					.until(() -> counts.difference("recordServerConnectionActive",
							"recordServerConnectionInactive") == 0);
				client.send(text("hello"));
				assertThat(client.readText()).isEqualTo("hello");
				client.closeInOrder();
			}
			app.expectNothingLeft();
			await().atMost(Duration.ofSeconds(20))
				.until(() -> counts.difference("recordServerConnectionOpened", "recordServerConnectionClosed") == 0);
			assertThat(counts.opened()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void idleTimeoutsOfHttpAreOver(Transport transport) throws Exception {
		try (NettyApp app = start(transport,
				(http) -> http.idleTimeout(Duration.ofMillis(300))
					.readTimeout(Duration.ofMillis(300))
					.requestTimeout(Duration.ofMillis(300)));
				FrameClient client = app.client();
				FrameClient beside = app.client()) {
			client.open("/echo");
			beside.send(get("/http")).response();
			assertThat(beside.in.read()).as("the end of an idle connection").isEqualTo(-1);
			client.send(text("still here"));
			assertThat(client.readText()).isEqualTo("still here");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theLastRequestOfAConnectionMayBeAnUpgrade(Transport transport) throws Exception {
		try (NettyApp app = start(transport, (http) -> http.maxKeepAliveRequests(2));
				FrameClient client = app.client()) {
			client.send(get("/http")).response();
			String head = client.send(request("/echo")).head();
			assertThat(head).containsIgnoringCase("connection: upgrade");
			client.send(text("hello"));
			assertThat(client.readText()).isEqualTo("hello");
			client.closeInOrder();
			app.expectNothingLeft();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theWebSocketServerMayEndFirst(Transport transport) throws Exception {
		try (NettyApp app = start(transport, (http) -> http); FrameClient client = app.client()) {
			client.open("/echo").send(text("hello"));
			assertThat(client.readText()).isEqualTo("hello");
			app.engine().stop();
			assertThat(client.readClose()).isEqualTo(1001);
			client.socket.close();
			app.engine().close();
			app.expectNothingLeft();
			try (FrameClient late = app.client()) {
				assertThat(late.send(request("/echo")).response()).startsWith("HTTP/1.1 503 ");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theWebServerMayEndFirst(Transport transport) throws Exception {
		try (NettyApp app = start(transport, (http) -> http); FrameClient client = app.client()) {
			client.open("/echo").send(text("hello"));
			assertThat(client.readText()).isEqualTo("hello");
			app.http().disposeNow(Duration.ofSeconds(20));
			app.channels().close();
			app.expectNothingLeft();
		}
	}

	/** Counts the calls of a recorder of Reactor Netty's. */
	static final class Counts {

		private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

		HttpServerMetricsRecorder recorder() {
			return (HttpServerMetricsRecorder) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { HttpServerMetricsRecorder.class }, (proxy, method, arguments) -> {
						this.calls.computeIfAbsent(method.getName(), (name) -> new AtomicInteger()).incrementAndGet();
						return null;
					});
		}

		int difference(String up, String down) {
			return count(up) - count(down);
		}

		int opened() {
			return count("recordServerConnectionOpened");
		}

		private int count(String name) {
			return this.calls.getOrDefault(name, new AtomicInteger()).get();
		}

	}

}
