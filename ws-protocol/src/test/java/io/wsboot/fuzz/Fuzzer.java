package io.wsboot.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jazzer in a process of its own: it rewrites the classes that it loads, and ends the
 * process when it finds something. What it counts is the coverage of the sans-I/O
 * packages and of the PROXY protocol, without their tests.
 */
final class Fuzzer {

	private static final List<String> PACKAGES = List.of("frame", "handshake", "deflate", "protocol");

	private static final Path CLASSES = Path.of("target", "classes");

	private final FuzzTarget target;

	private final Path directory;

	Fuzzer(FuzzTarget target) {
		this.target = target;
		this.directory = Path.of("target", "fuzz", target.toString());
	}

	/** Where it leaves an input that shows a fault, and what it writes. */
	Path directory() {
		return this.directory;
	}

	/** Inputs found worth keeping, from the last run on. */
	Path found() {
		return this.directory.resolve("corpus");
	}

	/** The smallest set of inputs that covers as much as all of them. */
	Path smallest() {
		return this.directory.resolve("smallest");
	}

	/**
	 * Looks for inputs that show a fault.
	 * @param seconds for how long
	 * @return exit status: 0 if there is none
	 */
	int search(int seconds) throws IOException, InterruptedException {
		Files.createDirectories(found());
		return run(seconds, "log", "-max_total_time=" + seconds, "-print_final_stats=1", found().toString(), corpus());
	}

	/**
	 * Looks for the {@link #smallest} set.
	 * @return exit status: 0 if there is one
	 */
	int reduce() throws IOException, InterruptedException {
		if (Files.exists(smallest())) {
			for (Path old : files(smallest()).toList()) {
				Files.delete(old);
			}
		}
		Files.createDirectories(smallest());
		return run(600, "reduce.log", "-merge=1", smallest().toString(), corpus(), found().toString());
	}

	private int run(int seconds, String log, String... options) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command(seconds, options)).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(log).toFile())
			.start();
		try {
			if (!process.waitFor(seconds + 300L, TimeUnit.SECONDS)) {
				throw new AssertionError("the fuzzer does not end; see " + this.directory.resolve(log));
			}
			return process.exitValue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** What the search has written. */
	Path log() {
		return this.directory.resolve("log");
	}

	private String corpus() {
		return this.target.corpus().toString();
	}

	private List<String> command(int seconds, String... options) {
		Path absolute = this.directory.toAbsolutePath();
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
		if (seconds < 60) {
			command.add("-XX:TieredStopAtLevel=1"); // it would be over before more pays
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
		command.add("--target_class=" + this.target.type().getName());
		command.add("--instrumentation_includes=" + instrumented());
		// hooks look for injections, of which there can be none
		command.add("--custom_hook_excludes=**");
		command.addAll(List.of("--reproducer_path=" + absolute, "-artifact_prefix=" + absolute + File.separator));
		command.addAll(List.of("-max_len=4096", "-timeout=60", "-rss_limit_mb=0"));
		command.addAll(List.of(options));
		return command;
	}

	private static String instrumented() {
		return classes().filter(Fuzzer::readsWhatPeersSend)
			.map((file) -> CLASSES.relativize(file).toString())
			.filter((file) -> file.endsWith(".class") && !file.contains("-info"))
			.map((file) -> file.replace(".class", "").replace(File.separatorChar, '.'))
			.sorted()
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean readsWhatPeersSend(Path file) {
		return PACKAGES.contains(String.valueOf(file.getParent().getFileName()))
				|| String.valueOf(file.getFileName()).startsWith("ProxyHeader");
	}

	private static Stream<Path> classes() {
		try (Stream<Path> files = Files.walk(CLASSES.resolve("io/wsboot"))) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> files(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
