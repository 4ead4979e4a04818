package io.wsboot.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.context.WsServerStartedEvent;
import io.wsboot.spring.context.WsServerStoppedEvent;
import io.wsboot.spring.test.LocalWsPort;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Servers that come and go within one process, as contexts of tests do. */
class RestartTests {

	/** Those of our threads that live. */
	private static Set<Thread> threads() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !thread.getName().startsWith("ws-") || !thread.isAlive());
		return threads;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Test
	void leavesNeitherThreadNorPort() throws Exception {
		Set<Thread> before = threads();
		int port = freePort();
		for (int i = 0; i < 5; i++) {
			try (RunningApp app = RunningApp.start(List.of(Echo.class, Counts.class), "--ws.server.port=" + port)) {
				expectEcho(port);
				app.context().stop();
				app.context().start();
				expectEcho(port);
			}
			await().untilAsserted(() -> {
				Set<Thread> left = threads();
				left.removeAll(before);
				assertThat(left).isEmpty();
			});
		}
	}

	@Test
	void aSecondStopIsNone() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Counts.class))) {
			Counts counts = app.context().getBean(Counts.class);
			CountDownLatch callbacks = new CountDownLatch(3);
			app.lifecycle().stop(callbacks::countDown);
			app.lifecycle().stop(callbacks::countDown);
			app.lifecycle().stop();
			app.lifecycle().stop(callbacks::countDown);
			assertThat(callbacks.await(10, TimeUnit.SECONDS)).isTrue();
			app.context().close();
			assertThat(counts.started).hasValue(1);
			assertThat(counts.stopped).hasValue(1);
		}
	}

	/** What Spring does to the contexts of tests that are not in use. */
	@Test
	void goesOnWhileItsContextIsPaused() throws Exception {
		try (RunningApp app = RunningApp.start(List.of(Echo.class, Counts.class));
				WsTestClient client = WsTestClient.connect(app.port(), "/echo")) {
			int port = app.port();
			app.context().pause();
			assertThat(client.send("paused").nextText()).isEqualTo("paused");
			expectEcho(port);
			app.context().restart();
			assertThat(client.send("again").nextText()).isEqualTo("again");
			assertThat(app.port()).isEqualTo(port);
			assertThat(app.context().getBean(Counts.class).started).hasValue(1);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void isOverWithinThePhaseThoughAClientAndAHandlerAreNot(CapturedOutput output) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (RunningApp app = RunningApp.start(List.of(Stuck.class),
				"--spring.lifecycle.timeout-per-shutdown-phase=2s");
				RawClient mute = RawClient.connect(app.port(), "/stuck")) {
			Stuck stuck = app.context().getBean(Stuck.class);
			stuck.release = release;
			mute.send(0x81, 1);
			assertThat(stuck.reached.await(10, TimeUnit.SECONDS)).isTrue();
			long start = System.nanoTime();
			app.context().close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
			assertThat(output.getAll()).contains("WebSocket server stopped on port")
				.doesNotContain("still running after timeout");
		}
		finally {
			release.countDown();
		}
	}

	private static void expectEcho(int port) throws Exception {
		try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
			assertThat(client.send("a").nextText()).isEqualTo("a");
		}
	}

	@Nested
	@SpringBootTest(classes = RestartTests.App.class)
	@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
	class DirtyContexts {

		private static final Set<Thread> BEFORE = threads();

		private static final Set<Thread> SEEN = new HashSet<>();

		/** The same for each context, so that one that kept it would stop the next. */
		@DynamicPropertySource
		static void port(DynamicPropertyRegistry registry) throws IOException {
			int port = freePort();
			registry.add("ws.server.port", () -> port);
		}

		@LocalWsPort
		private int port;

		@RepeatedTest(3)
		void areGoneWithAllTheyHad() throws Exception {
			expectEcho(this.port);
			assertThat(SEEN).noneMatch(Thread::isAlive);
			SEEN.addAll(threads());
			SEEN.removeAll(BEFORE);
			assertThat(SEEN).isNotEmpty();
		}

		@AfterAll
		static void forget() {
			SEEN.clear();
			BEFORE.clear();
		}

	}

	/**
	 * In a process of its own, as a test's has other threads, which may hold anything.
	 */
	@Test
	@Timeout(120)
	void leavesNoClassLoader() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), ClassLoaders.class.getName())
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader()) {
			List<String> lines = output.lines().toList();
			assertThat(lines).as(() -> String.join("\n", lines)).last().isEqualTo("gone");
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Runs an application in a class loader, and waits until that is gone. */
	static final class ClassLoaders {

		public static void main(String[] arguments) throws Exception {
			List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				FutureTask<WeakReference<ClassLoader>> run = new FutureTask<>(ClassLoaders::run);
				Thread thread = new Thread(run); // what it holds ends with it
				thread.start();
				loaders.add(run.get());
				thread.join();
			}
			new OfTheJdk("a").equals(new OfTheJdk("b"));
			new OfTheJdk("a").hashCode();
			for (int i = 0; i < 100 && loaders.stream().anyMatch((loader) -> loader.get() != null); i++) {
				System.gc();
				TimeUnit.MILLISECONDS.sleep(50);
			}
			System.out.println(loaders.stream().allMatch((loader) -> loader.get() == null) ? "gone" : "leaked");
		}

		private static WeakReference<ClassLoader> run() throws Exception {
			List<URL> urls = new ArrayList<>();
			for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
			try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]),
					ClassLoader.getPlatformClassLoader())) {
				Thread.currentThread().setContextClassLoader(loader);
				loader.loadClass(Inside.class.getName()).getMethod("run").invoke(null);
				return new WeakReference<>(loader);
			}
			finally {
				Thread.currentThread().setContextClassLoader(null);
			}
		}

	}

	/**
	 * The JDK's support of records keeps the type that it has last compared or hashed,
	 * and so its class loader: now it is this one.
	 *
	 * @param component of a type of the JDK
	 */
	private record OfTheJdk(String component) {
	}

	/** What is run in the class loader. */
	public static final class Inside {

		private Inside() {
		}

		public static void run() throws Exception {
			System.setProperty("ws.server.port", "0");
			System.setProperty("ws.server.security.enabled", "false");
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(App.class)) {
				int port = context.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
				try (RawClient client = RawClient.connect(port, "/echo")) {
					client.send(0x81, 1);
					System.out.println("echo of " + client.read().payload().length);
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Echo.class, Counts.class })
	static class App {

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

	static class Counts {

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger stopped = new AtomicInteger();

		@EventListener
		void on(WsServerStartedEvent event) {
			this.started.incrementAndGet();
		}

		@EventListener
		void on(WsServerStoppedEvent event) {
			this.stopped.incrementAndGet();
		}

	}

	@WsEndpoint("/stuck")
	static class Stuck {

		final CountDownLatch reached = new CountDownLatch(1);

		volatile CountDownLatch release = new CountDownLatch(1);

		@OnMessage
		void on(String text) throws InterruptedException {
			this.reached.countDown();
			this.release.await();
		}

	}

}
