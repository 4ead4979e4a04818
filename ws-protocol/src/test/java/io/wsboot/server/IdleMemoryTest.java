package io.wsboot.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session of a browser costs the heap while nothing happens, with all that belongs
 * to it: the JDK's socket and selection key are about 650 bytes of it. In a process of
 * its own, as that of the tests has other things on its heap, and without buffers of its
 * threads to allocate from, as a whole one counts as used. One worker serves all sessions
 * of {@code /worker}: the JDK keeps an array of 4 KB for each thread that has ever
 * written to a socket, and of several workers any may write for the first time while this
 * test counts.
 */
class IdleMemoryTest {

	private static final int FIRST = 1000;

	private static final int MORE = 1000;

	private static final String[] BROWSER = { "Pragma: no-cache", "Cache-Control: no-cache",
			"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
					+ "Chrome/143.0.0.0 Safari/537.36",
			"Origin: http://localhost", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-US,en;q=0.9",
			"Cookie: SESSION=0123456789abcdef0123456789abcdef",
			"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits" };

	/**
	 * The server: prints its port, then for each line that it reads the bytes that are in
	 * use on its heap.
	 */
	static final class Program {

		public static void main(String[] arguments) throws IOException {
			WsHandler echo = new WsHandler() {

				@Override
				public void onText(WsSession session, String text) {
					session.send(text);
				}

			};
			WsServer server = WsServer.builder()
				.port(0)
				.executor(Executors.newSingleThreadExecutor(Program::daemon))
				.options((options) -> options.address(InetAddress.getLoopbackAddress()).eventLoops(1))
				.handler("/event_loop", echo, EndpointOptions.DEFAULTS.withExecution(Execution.EVENT_LOOP))
				.handler("/worker", echo, EndpointOptions.DEFAULTS.withExecution(Execution.WORKER))
				.start();
			System.out.println(server.port());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (in.readLine() != null) {
				System.gc();
				System.gc();
				System.out.println(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			}
			server.close();
		}

		private static Thread daemon(Runnable worker) {
			Thread thread = new Thread(worker);
			thread.setDaemon(true);
			return thread;
		}

	}

	@ParameterizedTest
	@CsvSource({ "/event_loop, 1750", "/worker, 1850" })
	@Timeout(60)
	void ofASessionIsBounded(String path, long most) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:-UseTLAB", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				Program.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		List<RawClient> clients = new ArrayList<>();
		try {
			BufferedReader out = process.inputReader();
			int port = Integer.parseInt(out.readLine());
			open(clients, FIRST, port, path); // whatever is made once
			long before = used(process, out);
			open(clients, MORE, port, path);
			long each = (used(process, out) - before) / MORE;
			assertThat(each).as("bytes of heap per session").isBetween(500L, most);
			clients.forEach((client) -> client.expectEcho("still here"));
		}
		finally {
			clients.forEach(RawClient::close);
			process.getOutputStream().close();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	/** Each has exchanged a message. */
	private static void open(List<RawClient> clients, int count, int port, String path) {
		for (int i = 0; i < count; i++) {
			RawClient client = RawClient.connect(port).handshake(path, BROWSER);
			clients.add(client);
			client.expectEcho("hello");
		}
	}

	private static long used(Process process, BufferedReader out) throws IOException {
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
		return Long.parseLong(out.readLine());
	}

}
