package io.wsboot.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the main sources of all modules.
 */
class SourceTreeTests {

	private static final int MAX_LINES = 300;

	private final Path root = projectRoot();

	private final List<Path> sources = mainSources();

	private static Path projectRoot() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve(".mvn"))) {
			directory = Objects.requireNonNull(directory.getParent(), "not in the project's directory");
		}
		return directory;
	}

	private List<Path> mainSources() {
		try (Stream<Path> modules = Files.list(this.root)) {
			return modules.map((module) -> module.resolve("src/main/java"))
				.filter(Files::isDirectory)
				.flatMap(SourceTreeTests::javaFiles)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> javaFiles(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void thereAreSources() {
		assertThat(this.sources).isNotEmpty();
	}

	@Test
	void noFileIsTooLong() {
		assertThat(this.sources).filteredOn((file) -> read(file).lines().count() > MAX_LINES).isEmpty();
	}

	@Test
	void everyPackageSaysWhatItIsForAndIsNullMarked() {
		assertThat(this.sources).filteredOn((file) -> !file.endsWith("module-info.java"))
			.map((file) -> file.resolveSibling("package-info.java"))
			.filteredOn((file) -> !Files.exists(file) || !isDocumentedAndNullMarked(read(file)))
			.isEmpty();
	}

	private static boolean isDocumentedAndNullMarked(String packageInfo) {
		return packageInfo.contains("/**") && packageInfo.contains("@NullMarked");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
