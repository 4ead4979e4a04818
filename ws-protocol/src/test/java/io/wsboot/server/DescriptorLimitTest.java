package io.wsboot.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.spi.ToolProvider;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose process may open no more files: in a process of its own.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class DescriptorLimitTest {

	private static final int LIMIT = 200;

	private static final Duration WINDOW = Duration.ofSeconds(1);

	@TempDir
	Path directory;

	/**
	 * The server: prints its port, then for each line that it reads its CPU time in
	 * milliseconds.
	 */
	static final class Program {

		public static void main(String[] arguments) throws IOException {
			WsServer server = WsServer.builder()
				.port(0)
				.options((options) -> options.address(InetAddress.getLoopbackAddress()).eventLoops(1))
				.handler("/echo", new WsHandler() {

					@Override
					public void onText(WsSession session, String text) {
						session.send(text);
					}

				})
				.start();
			System.getLogger(Program.class.getName()).log(System.Logger.Level.INFO, "a log opens files at first");
			System.out.println(server.port());
			BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			ThreadTimes times = new ThreadTimes();
			while (in.readLine() != null) {
				System.out.println(times.millis());
			}
			server.close();
		}

	}

	/** Counts the server's threads, not the compiler's. */
	private static final class ThreadTimes {

		private final java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory
			.getThreadMXBean();

		long millis() {
			long nanos = 0;
			for (long id : this.threads.getAllThreadIds()) {
				nanos += Math.max(0, this.threads.getThreadCpuTime(id));
			}
			return TimeUnit.NANOSECONDS.toMillis(nanos);
		}

	}

	@Test
	@Timeout(60)
	void isWaitedOutWithoutABusyLoopAndWithLittleNoise() throws Exception {
		File log = this.directory.resolve("log").toFile();
		Process process = new ProcessBuilder("sh", "-c",
				"ulimit -n " + LIMIT + "; exec \"$0\" -Xmx64m -cp \"$1\" \"$2\"",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), jar(), Program.class.getName())
			.redirectError(log)
			.start();
		List<RawClient> clients = new ArrayList<>();
		try {
			BufferedReader out = process.inputReader();
			int port = Integer.parseInt(out.readLine());
			RawClient before = RawClient.open(port, "/echo");
			clients.add(before);
			before.expectEcho("a connection loads classes at first");
			RawClient.open(port, "/echo").closeInOrder();
			for (int i = 0; i < LIMIT + 50; i++) {
				clients.add(RawClient.connect(port));
			}
			Awaitility.await().until(() -> complaints(log) > 0);
			long start = System.nanoTime();
			long cpu = cpuMillis(process, out);
			LockSupport.parkNanos(WINDOW.toNanos());
			long cpuAfter = cpuMillis(process, out);
			long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
			assertThat(cpuAfter - cpu).as("ms of CPU time in %s s", seconds).isLessThan(300);
			assertThat(complaints(log)).as("lines in the log").isLessThanOrEqualTo(seconds + 2);
			before.expectEcho("still here");
			clients.subList(1, clients.size()).forEach(RawClient::close);
			RawClient after = RawClient.open(port, "/echo");
			clients.add(after);
			after.expectEcho("room again");
			assertThat(Files.readString(log.toPath())).doesNotContain("SEVERE");
		}
		finally {
			clients.forEach(RawClient::close);
			process.getOutputStream().close();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	private static long cpuMillis(Process process, BufferedReader out) throws IOException {
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
		return Long.parseLong(out.readLine());
	}

	private static long complaints(File log) throws IOException {
		try (var lines = Files.lines(log.toPath())) {
			return lines.filter((line) -> line.contains("cannot accept connections")).count();
		}
	}

	/**
	 * As it is in production: loading a class from a directory takes a file descriptor.
	 */
	private String jar() throws Exception {
		String jar = this.directory.resolve("classes.jar").toString();
		int status = ToolProvider.findFirst("jar")
			.orElseThrow()
			.run(System.out, System.err, "--create", "--file", jar, "-C", location(WsServer.class), "io", "-C",
					location(Program.class), "io/wsboot/server");
		assertThat(status).isZero();
		return jar;
	}

	private static String location(Class<?> type) throws Exception {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
	}

}
