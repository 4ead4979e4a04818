package io.wsboot.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Where and when something was measured, as lines of text.
 *
 * @param lines "name: value"
 */
public record Surroundings(List<String> lines) {

	private static final String FILE = "surroundings.txt";

	/**
	 * Looks around.
	 * @param project the directory of the project
	 * @param jdk what the servers run on
	 * @param seconds how long each measurement took
	 * @return what there is
	 * @throws IOException if something cannot be read
	 */
	public static Surroundings look(Path project, Path jdk, double seconds) throws IOException {
		return new Surroundings(List.of("Date: " + LocalDate.now(ZoneOffset.UTC),
				"Commit: " + said(project, "git", "describe", "--always", "--dirty"), "Processor: " + processor(),
				"Kernel: " + said(project, "uname", "-sr"),
				"JDK: " + said(project, jdk.resolve("bin/java").toString(), "--version").lines().findFirst().orElse(""),
				"Node: " + said(project, "node", "--version"),
				String.format(Locale.ROOT, "Each measurement: %.1f s", seconds)));
	}

	private static String processor() throws IOException {
		List<String> models = Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.toList();
		return models.isEmpty() ? "unknown" : models.size() + " x " + models.get(0);
	}

	private static String said(Path project, String... command) throws IOException {
		try {
			Process process = new ProcessBuilder(command).directory(project.toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			return "not there";
		}
	}

	/**
	 * Writes it down.
	 * @param directory where to
	 * @throws IOException if it cannot be written
	 */
	public void write(Path directory) throws IOException {
		Files.write(directory.resolve(FILE), this.lines);
	}

	static Surroundings read(Path directory) throws IOException {
		return new Surroundings(Files.readAllLines(directory.resolve(FILE)));
	}

}
