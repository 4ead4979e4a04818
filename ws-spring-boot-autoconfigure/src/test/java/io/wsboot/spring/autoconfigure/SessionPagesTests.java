package io.wsboot.spring.autoconfigure;

import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.sun.management.UnixOperatingSystemMXBean;
import io.wsboot.WsSessions;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.test.LocalWsPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code /actuator/websockets} with ten thousand idle sessions, whose other ends are in a
 * process of their own, so that neither needs more than so many file descriptors.
 */
@SpringBootTest(classes = SessionPagesTests.App.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "ws.server.port=0", "management.endpoints.web.exposure.include=websockets",
				"ws.server.idle-timeout=0", "ws.server.ping-interval=0", "ws.server.backlog=4096" })
class SessionPagesTests {

	private static final int SESSIONS = 10_000;

	private static final Duration BOUND = Duration.ofMillis(200);

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@LocalWsPort
	private int wsPort;

	@LocalServerPort
	private int httpPort;

	@Autowired
	private WsSessions sessions;

	@Test
	@Timeout(120)
	void eachIsThereInTime() throws Exception {
		assumeThat(ManagementFactory.getOperatingSystemMXBean()).isInstanceOfSatisfying(UnixOperatingSystemMXBean.class,
				(system) -> assumeThat(system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount())
					.as("file descriptors")
					.isGreaterThan(SESSIONS + 500));
		Process clients = startClients();
		try (BufferedReader output = clients.inputReader()) {
			assertThat(output.readLine()).isEqualTo("open");
			await().until(() -> this.sessions.count() == SESSIONS);
			// the first walk, which also warms up, meets each session once
			List<String> pages = new ArrayList<>();
			Set<String> met = new HashSet<>();
			for (String next = ""; next != null;) {
				String query = "?size=1000&after=" + next;
				DocumentContext page = JsonPath.parse(get(query));
				assertThat(page.<Integer>read("$.sessions.total")).isEqualTo(SESSIONS);
				List<String> ids = page.read("$.sessions.items[*].id");
				assertThat(ids).isSorted().allMatch(met::add);
				pages.add(query);
				next = page.read("$.sessions.next");
			}
			assertThat(met).hasSize(SESSIONS);
			pages.addAll(List.of("", "?size=1000&page=9", "?endpoint=/idle&page=100", "/" + met.iterator().next()));
			for (String page : pages) {
				assertThat(fastest(page)).as(page).isLessThan(BOUND);
			}
		}
		finally {
			clients.destroy();
			assertThat(clients.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> this.sessions.count() == 0);
	}

	/** Of a few, as the machine may have something else to do. */
	private Duration fastest(String page) throws Exception {
		long fastest = Long.MAX_VALUE;
		for (int i = 0; i < 5 && fastest > BOUND.toNanos() / 2; i++) {
			long start = System.nanoTime();
			get(page);
			fastest = Math.min(fastest, System.nanoTime() - start);
		}
		return Duration.ofNanos(fastest);
	}

	private String get(String rest) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + this.httpPort + "/actuator/websockets" + rest);
		HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private Process startClients() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
				Clients.class.getName(), Integer.toString(this.wsPort))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	/** Opens its sockets, says so, and waits for its end. */
	static final class Clients {

		private static final byte[] HANDSHAKE = """
				GET /idle HTTP/1.1\r
				Host: localhost\r
				Upgrade: websocket\r
				Connection: Upgrade\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				\r
				""".getBytes(StandardCharsets.US_ASCII);

		public static void main(String[] arguments) throws Exception {
			InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(),
					Integer.parseInt(arguments[0]));
			List<SocketChannel> sockets = new ArrayList<>();
			ByteBuffer answer = ByteBuffer.allocate(1024);
			for (int i = 0; i < SESSIONS; i++) {
				SocketChannel socket = SocketChannel.open(server);
				socket.write(ByteBuffer.wrap(HANDSHAKE));
				socket.read(answer.clear());
				String status = StandardCharsets.US_ASCII.decode(answer.flip().limit(12)).toString();
				if (!status.equals("HTTP/1.1 101")) {
					throw new IllegalStateException("answer " + i + " was " + status);
				}
				sockets.add(socket);
			}
			System.out.println("open");
			System.in.read();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Idle.class)
	static class App {

	}

	@WsEndpoint("/idle")
	static class Idle {

		@OnMessage
		void ignore(String text) {
		}

	}

}
