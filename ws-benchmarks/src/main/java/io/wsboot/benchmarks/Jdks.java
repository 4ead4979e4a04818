package io.wsboot.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {

	private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

	private Jdks() {
	}

	/**
	 * The newest one where Linux distributions keep them, or else the one that runs this.
	 */
	static Path newest() {
		Path own = Path.of(System.getProperty("java.home"));
		if (!Files.isDirectory(USUAL_PLACE)) {
			return own;
		}
		try (Stream<Path> jdks = Files.list(USUAL_PLACE)) {
			return Stream.concat(Stream.of(own), jdks.filter((jdk) -> Files.isExecutable(jdk.resolve("bin/javac"))))
				.max(Comparator.comparing(Jdks::version))
				.orElse(own);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Runtime.Version version(Path jdk) {
		Properties release = new Properties();
		try (var in = Files.newBufferedReader(jdk.resolve("release"))) {
			release.load(in);
			return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "1").replace("\"", ""));
		}
		catch (IOException | IllegalArgumentException ex) {
			return Runtime.Version.parse("1"); // no JDK, or none that says what it is
		}
	}

}
