package io.wsboot.server;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker has of the thread that made it start. */
class ServerThreadsTest {

	private static final InheritableThreadLocal<String> LOGIN = new InheritableThreadLocal<>();

	@Test
	void aWorkerKnowsNothingOfTheCallbackThatMadeItStart() throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		ServerThreads threads = ServerThreads.forHandlers();
		try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
			LOGIN.set("ann");
			Thread.currentThread().setContextClassLoader(loader);
			CompletableFuture<List<Object>> seen = CompletableFuture.supplyAsync(
					() -> new ArrayList<>(Arrays.asList(LOGIN.get(), Thread.currentThread().getContextClassLoader())),
					threads);
			assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly(null, loader);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
			LOGIN.remove();
			threads.shutdownNow();
		}
	}

}
