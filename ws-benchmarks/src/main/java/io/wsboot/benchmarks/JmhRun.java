package io.wsboot.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All JMH benchmarks in a process of their own, quickly. */
final class JmhRun {

	private JmhRun() {
	}

	static void into(Path results, Path jdk) throws IOException, InterruptedException {
		List<String> command = List.of("taskset", "-c", "0,1", jdk.resolve("bin/java").toString(), "-cp",
				System.getProperty("java.class.path"), "org.openjdk.jmh.Main", "-f", "1", "-wi", "3", "-w", "500ms",
				"-i", "5", "-r", "500ms", "-prof", "gc", "-foe", "true", "-rf", "csv", "-rff",
				results.resolve("jmh.csv").toString());
		int code = new ProcessBuilder(command).inheritIO().start().waitFor();
		if (code != 0) {
			throw new IOException("JMH ended with " + code);
		}
	}

}
