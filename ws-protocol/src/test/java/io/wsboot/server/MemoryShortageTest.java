package io.wsboot.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A heap that is full to the last byte while clients connect and send, and free again
 * afterwards: in a process of its own, whose threads take what they allocate straight
 * from the heap.
 */
class MemoryShortageTest {

	@TempDir
	Path directory;

	/**
	 * The server: prints its port. A byte that it reads fills the heap, until others have
	 * asked for memory in vain, which the garbage collector knows of.
	 */
	static final class Program {

		private static final int IN_VAIN = 30;

		private static final Object[] NOTHING = {};

		private static Object[] held = NOTHING;

		public static void main(String[] arguments) throws IOException {
			WsHandler echo = new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					session.send(text);
				}

			};
			WsServer server = WsServer.builder()
				.port(0)
				.options((options) -> options.address(InetAddress.getLoopbackAddress()).eventLoops(2))
				.handler("/loop", echo, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP))
				.handler("/worker", echo, EndpointOptions.DEFAULTS.withExecution(Execution.WORKER))
				.start();
			System.out.println(server.port());
			GarbageCollectorMXBean collector = ManagementFactory.getGarbageCollectorMXBeans().get(1);
			LockSupport.parkNanos(collector.getCollectionCount()); // what is called later
																	// is loaded now
			while (System.in.read() >= 0) {
				fill();
				long before = collector.getCollectionCount();
				System.out.write('f');
				System.out.flush();
				while (collector.getCollectionCount() < before + IN_VAIN) {
					LockSupport.parkNanos(1_000_000);
				}
				held = NOTHING;
				System.out.write('e');
				System.out.flush();
			}
			server.close();
		}

		/** Down to pieces that no object is smaller than. */
		private static void fill() {
			for (int size = 1 << 20; size >= 1; size /= 2) {
				try {
					while (true) {
						Object[] more = new Object[size];
						more[0] = held;
						held = more;
					}
				}
				catch (OutOfMemoryError ex) {
					// the next smaller ones
				}
			}
		}

	}

	@Test
	@Timeout(120)
	void costsNoThread() throws Exception {
		File log = this.directory.resolve("log").toFile();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:-UseTLAB", "-Xmx24m", "-XX:-UseGCOverheadLimit", "-cp",
				System.getProperty("java.class.path"), Program.class.getName())
			.redirectError(log)
			.start();
		List<RawClient> clients = new ArrayList<>();
		try {
			BufferedReader out = process.inputReader();
			int port = Integer.parseInt(out.readLine());
			for (int i = 0; i < 4; i++) { // two on each loop
				clients.add(RawClient.open(port, (i < 2) ? "/loop" : "/worker"));
				clients.get(i).expectEcho("before");
			}
			process.getOutputStream().write('\n');
			process.getOutputStream().flush();
			assertThat((char) out.read()).isEqualTo('f');
			for (int i = 0; i < 20; i++) {
				RawClient client = RawClient.connect(port);
				clients.add(client);
				client.send(RawClient.head("/loop"));
				client.sendText("hello");
			}
			clients.subList(0, 4).forEach((client) -> client.sendText("hello"));
			assertThat((char) out.read()).isEqualTo('e');
			for (int i = 0; i < 4; i++) {
				String path = (i < 2) ? "/loop" : "/worker";
				Awaitility.await().ignoreExceptions().untilAsserted(() -> {
					RawClient client = RawClient.open(port, path);
					clients.add(client);
					client.expectEcho("after");
				});
			}
			assertThat(Files.readString(log.toPath())).doesNotContain("Exception in thread \"ws-loop")
				.doesNotContain("Exception in thread \"ws-acceptor");
		}
		finally {
			clients.forEach(RawClient::close);
			process.getOutputStream().close();
			if (!process.waitFor(20, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		assertThat(process.exitValue()).as(Files.readString(log.toPath(), StandardCharsets.UTF_8)).isZero();
	}

}
