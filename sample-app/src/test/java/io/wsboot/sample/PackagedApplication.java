package io.wsboot.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * {@code java -jar sample-app.jar} as a process of its own.
 */
final class PackagedApplication implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	private static final String JAR = System.getProperty("wsboot.sample-app.jar");

	private static final int PATIENCE_SECONDS = 120;

	private final Process process;

	private final CompletableFuture<Integer> httpPort = new CompletableFuture<>();

	private final int webSocketPort;

	/** The lines of its output; guarded by itself. */
	private final List<String> log = new ArrayList<>();

	/**
	 * Starts the application and waits until it is ready.
	 * @param options command-line options beside {@code --server.port=0}
	 */
	PackagedApplication(String... options) throws Exception {
		this(List.of("-jar", JAR), options);
	}

	private PackagedApplication(List<String> jvmOptions, String... options) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.add("--server.port=0");
		command.addAll(List.of(options));
		this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
		Thread log = new Thread(this::readLog, "log of sample-app.jar");
		log.setDaemon(true);
		log.start();
		this.webSocketPort = askForPort();
	}

	/**
	 * Starts it from what Spring has generated at build time, as a native image would.
	 * @param options as above
	 */
	static PackagedApplication processedAheadOfTime(String... options) throws Exception {
		return new PackagedApplication(List.of("-Dspring.aot.enabled=true", "-jar", JAR), options);
	}

	/**
	 * Starts it with classes beside its own.
	 * @param classes the directory that holds them
	 * @param jvmOptions options of the JVM
	 * @param options as above
	 */
	static PackagedApplication withClasses(Path classes, List<String> jvmOptions, String... options) throws Exception {
		List<String> command = new ArrayList<>(jvmOptions);
		command.addAll(List.of("-Dloader.path=" + classes, "-cp", JAR,
				"org.springframework.boot.loader.launch.PropertiesLauncher"));
		return new PackagedApplication(command, options);
	}

	int webSocketPort() {
		return this.webSocketPort;
	}

	int httpPort() throws Exception {
		return this.httpPort.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** What it has written so far. */
	String log() {
		synchronized (this.log) {
			return String.join("\n", this.log);
		}
	}

	/** Sends SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	/**
	 * Waits for the end of the process.
	 * @param seconds how long
	 * @return whether it has ended
	 */
	boolean endsWithin(long seconds) throws InterruptedException {
		return this.process.waitFor(seconds, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	private void readLog() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line; (line = reader.readLine()) != null;) {
				add(line);
				Matcher started = STARTED.matcher(line);
				if (started.find()) {
					this.httpPort.complete(Integer.valueOf(started.group(1)));
				}
			}
		}
		catch (IOException ex) {
			add(ex.toString());
		}
		this.httpPort.completeExceptionally(new IllegalStateException(log()));
	}

	private void add(String line) {
		synchronized (this.log) {
			this.log.add(line);
		}
	}

	private int askForPort() throws Exception {
		try {
			URI config = URI
				.create("http://localhost:" + this.httpPort.get(PATIENCE_SECONDS, TimeUnit.SECONDS) + "/config.json");
			HttpResponse<String> answer = await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
				.until(() -> get(config), (response) -> response.statusCode() == 200);
			return JsonMapper.shared().readTree(answer.body()).path("webSocketPort").intValue();
		}
		catch (Exception ex) {
			close();
			throw ex;
		}
	}

	private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

}
