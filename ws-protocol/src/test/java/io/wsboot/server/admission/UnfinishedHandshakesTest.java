package io.wsboot.server.admission;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.UnixOperatingSystemMXBean;
import io.wsboot.server.ManualClock;
import io.wsboot.server.RawClient;
import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand sockets that never finish their handshake, beside honest clients. The
 * former are those of another process, as this one may have no descriptors for both ends.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class UnfinishedHandshakesTest {

	private static final Path FIGURES = Path.of("target", "conformance");

	private static final int MOST = 10_000;

	/** Descriptors that are needed for something else. */
	private static final int OTHERS = 1500;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Opens as many sockets as it is told, of which every second one sends half a head.
	 * Says so, and says so again when all of them have been ended by the server.
	 */
	static final class Clients {

		public static void main(String[] arguments) throws IOException {
			InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(),
					Integer.parseInt(arguments[0]));
			ByteBuffer half = ByteBuffer.wrap("GET /echo HTTP/1.1\r\nHost: exa".getBytes(StandardCharsets.US_ASCII));
			List<SocketChannel> sockets = new ArrayList<>();
			for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
				SocketChannel socket = SocketChannel.open(server);
				if (i % 2 == 1) {
					socket.write(half.duplicate());
				}
				sockets.add(socket);
			}
			System.out.println("open");
			for (SocketChannel socket : sockets) {
				end(socket);
			}
			System.out.println("ended");
		}

		private static void end(SocketChannel socket) throws IOException {
			try (socket) {
				if (socket.read(ByteBuffer.allocate(1)) > 0) {
					throw new IllegalStateException("an answer");
				}
			}
			catch (java.net.SocketException ex) {
				// reset is an end too
			}
		}

	}

	/** Shakes hands again and again, and takes the time. */
	private static final class Honest implements Runnable {

		private final RunningServer server;

		final List<Long> times = Collections.synchronizedList(new ArrayList<>());

		/** The longest time that the machine kept it from waking up. */
		volatile long hitch;

		volatile boolean over;

		Honest(RunningServer server) {
			this.server = server;
		}

		@Override
		public void run() {
			while (!this.over) {
				long start = System.nanoTime();
				RawClient client = RawClient.open(this.server.port(), "/echo");
				client.expectEcho("honest");
				long shaken = System.nanoTime();
				this.times.add(shaken - start);
				client.closeInOrder();
				long rest = System.nanoTime();
				LockSupport.parkNanos(1_000_000);
				this.hitch = Math.max(this.hitch, System.nanoTime() - rest - 1_000_000);
			}
		}

	}

	@Test
	@Timeout(60)
	void areGoneAtTheDeadlineAndKeepNobodyWaiting() throws Exception {
		int count = count();
		try (RunningServer server = new RunningServer(new RecordingHandler(),
				(options) -> options.maxConnections(2 * MOST))) {
			RawClient.open(server.port(), "/echo").closeInOrder(); // loads classes
			Honest honest = new Honest(server);
			Thread thread = new Thread(honest, "honest");
			thread.start();
			Process process = start(server.port(), count);
			long gone;
			try {
				BufferedReader out = process.inputReader();
				assertThat(out.readLine()).isEqualTo("open");
				Awaitility.await().until(() -> server.sockets() >= count);
				server.advance(Duration.ofSeconds(9));
				assertThat(server.sockets()).isGreaterThanOrEqualTo(count);
				long deadline = System.nanoTime();
				server.advance(Duration.ofSeconds(1).plus(ManualClock.TICK));
				assertThat(out.readLine()).isEqualTo("ended");
				gone = System.nanoTime() - deadline;
				assertThat(process.waitFor()).isZero();
			}
			finally {
				process.destroyForcibly();
				honest.over = true;
				thread.join();
			}
			server.expectNothingLeft();
			report(count, gone, honest);
			assertThat(Collections.max(honest.times)).as("the longest honest handshake in ns")
				.isLessThan(SECOND + honest.hitch);
		}
	}

	private static int count() {
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return (int) Math.min(MOST, system.getMaxFileDescriptorCount() - OTHERS);
	}

	private static Process start(int port, int count) throws Exception {
		Path classes = Path.of(Clients.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-cp", classes.toString(), Clients.class.getName(), Integer.toString(port),
				Integer.toString(count))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	private static void report(int count, long gone, Honest honest) throws IOException {
		List<Long> times = honest.times.stream().sorted().toList();
		Files.createDirectories(FIGURES);
		Files.writeString(FIGURES.resolve("unfinished-handshakes.txt"),
				"%d unfinished handshakes, gone %d ms after the deadline; %d honest ones, with an echo: median %d us, 99 of 100 within %d us, longest %d us (machine %d us)%n"
					.formatted(count, TimeUnit.NANOSECONDS.toMillis(gone), times.size(),
							times.get(times.size() / 2) / 1000, times.get(times.size() * 99 / 100) / 1000,
							times.get(times.size() - 1) / 1000, honest.hitch / 1000));
	}

}
