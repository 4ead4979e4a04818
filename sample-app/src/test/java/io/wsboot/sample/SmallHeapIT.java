package io.wsboot.sample;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.sun.management.UnixOperatingSystemMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the packaged application with a heap of 128 MB and default limits, beside clients
 * that together send ten times as much, each within all limits. The application survives,
 * and serves well-behaved clients all the time: an echo, a new client, and Tomcat's page.
 */
@Timeout(120)
class SmallHeapIT {

	private static final Path FIGURES = Path.of("target", "small-heap.txt");

	private static final int HEAP = 128 << 20;

	/** Descriptors that a process needs for something else. */
	private static final int OTHERS = 1000;

	private static final Duration LONGEST = Duration.ofSeconds(5);

	@TempDir
	private Path slowEndpoint;

	/** Does something again and again, and takes the time. */
	private static final class Honest implements Runnable {

		private final Callable<?> action;

		private final Thread thread;

		private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());

		private volatile boolean over;

		private volatile Exception failure;

		Honest(String name, Callable<?> action) {
			this.action = action;
			this.thread = new Thread(this, name);
			this.thread.start();
		}

		@Override
		public void run() {
			try {
				while (!this.over) {
					long start = System.nanoTime();
					this.action.call();
					this.micros.add((System.nanoTime() - start) / 1000);
					TimeUnit.MILLISECONDS.sleep(100); // how often, not how long to wait
				}
			}
			catch (Exception ex) {
				this.failure = ex;
			}
		}

		/** What it has seen, in a line. */
		String end() throws InterruptedException {
			this.over = true;
			this.thread.join();
			assertThat(this.failure).as(this.thread.getName()).isNull();
			List<Long> sorted = this.micros.stream().sorted().toList();
			long longest = sorted.get(sorted.size() - 1);
			String line = "%s: %d times, median %d us, 99 of 100 within %d us, longest %d us".formatted(
					this.thread.getName(), sorted.size(), sorted.get(sorted.size() / 2),
					sorted.get(sorted.size() * 99 / 100), longest);
			assertThat(Duration.ofNanos(1000 * longest)).as(line).isLessThan(LONGEST);
			return line;
		}

	}

	/** Sends a text and reads the same. */
	private static final class Echo implements AutoCloseable {

		private static final byte[] TEXT = "well-behaved".getBytes(StandardCharsets.US_ASCII);

		private final Socket socket;

		private final DataInputStream in;

		Echo(int port) throws IOException {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) (2 * LONGEST.toMillis()));
			this.in = new DataInputStream(this.socket.getInputStream());
			this.socket.getOutputStream()
				.write(("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) this.in.readUnsignedByte());
			}
			assertThat(head).startsWith("HTTP/1.1 101 ");
		}

		Void echo() throws IOException {
			byte[] frame = new byte[6 + TEXT.length]; // masked with zeros
			frame[0] = (byte) 0x81;
			frame[1] = (byte) (0x80 | TEXT.length);
			System.arraycopy(TEXT, 0, frame, 6, TEXT.length);
			this.socket.getOutputStream().write(frame);
			assertThat(this.in.readUnsignedByte()).isEqualTo(0x81);
			byte[] payload = new byte[this.in.readUnsignedByte()];
			this.in.readFully(payload);
			assertThat(payload).isEqualTo(TEXT);
			return null;
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	@Test
	void unfinishedMessagesOfFiveThousandClients() throws Exception {
		int clients = (int) Math.min(5000, maxDescriptors() - OTHERS);
		try (PackagedApplication application = start();
				HeavyClients heavy = HeavyClients.withUnfinishedMessage(application.webSocketPort(), 254_000)) {
			expectServed(application, heavy, clients, "/echo", clients + " clients with 254,000 bytes unfinished");
		}
	}

	@Test
	void messagesOfAThousandClientsForASlowCallback() throws Exception {
		try (PackagedApplication application = start();
				HeavyClients heavy = HeavyClients.withMessages(application.webSocketPort(), 4, 250_000)) {
			expectServed(application, heavy, 1000, "/slow", "1000 clients with 4 x 250,000 bytes for a slow callback");
		}
	}

	private static void expectServed(PackagedApplication application, HeavyClients heavy, int clients, String path,
			String what) throws Exception {
		String line;
		try (Echo echo = new Echo(application.webSocketPort())) {
			Honest echoes = new Honest("echo", echo::echo);
			Honest opens = new Honest("handshake and echo", () -> {
				try (Echo other = new Echo(application.webSocketPort())) {
					return other.echo();
				}
			});
			Honest page = new Honest("page", () -> get(application, "/"));
			long start = System.nanoTime();
			heavy.run(clients, path, Duration.ofSeconds(30).toNanos());
			long millis = (System.nanoTime() - start) / 1_000_000;
			line = "%s: %d given up, %d sent all, in %d ms%n  %s%n  %s%n  %s%n".formatted(what, heavy.ended(),
					heavy.done(), millis, echoes.end(), opens.end(), page.end());
		}
		Files.writeString(FIGURES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		assertThat(application.isAlive()).isTrue();
		assertThat(application.log()).doesNotContain("OutOfMemoryError");
		assertThat(heavy.ended()).as(line).isPositive();
		String metrics = get(application, "/actuator/prometheus");
		assertThat(value(metrics, "ws_server_loops_alive")).isEqualTo(Runtime.getRuntime().availableProcessors());
		assertThat(value(metrics, "ws_server_inbound_pending_bytes")).isBetween(1.0, 1.5 * HEAP / 8);
		assertThat(metrics).containsPattern("ws_server_limited_total\\{limit=\"total_pending\"} [1-9]");
	}

	private PackagedApplication start() throws Exception {
		String name = "io/wsboot/slow/SlowEndpoint.class";
		Path file = this.slowEndpoint.resolve(name);
		Files.createDirectories(file.getParent());
		Files.copy(Path.of("target", "test-classes", name), file);
		return PackagedApplication.withClasses(this.slowEndpoint, List.of("-Xmx" + HEAP), "--ws.server.port=0",
				"--spring.main.sources=io.wsboot.slow.SlowEndpoint");
	}

	private static double value(String metrics, String name) {
		return metrics.lines()
			.filter((line) -> line.startsWith(name + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(name.length() + 1)))
			.findFirst()
			.orElseThrow();
	}

	/** Of the processes of both ends. */
	private static long maxDescriptors() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
	}

	private static String get(PackagedApplication application, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + application.httpPort() + path))
			.timeout(LONGEST.multipliedBy(2))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

}
