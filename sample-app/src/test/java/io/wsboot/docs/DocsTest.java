package io.wsboot.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the Java code of the pages under {@code docs/} is code of this package,
 * which compiles.
 */
class DocsTest {

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Path SOURCES = Path.of("src/test/java/io/wsboot/docs");

	@TestFactory
	Stream<DynamicTest> showTheCodeThatIsCompiled() throws IOException {
		String sources = withoutIndentation(read(SOURCES, ".java"));
		return pages().flatMap((page) -> JAVA_BLOCK.matcher(read(page))
			.results()
			.map((MatchResult result) -> result.group(1))
			.map((block) -> DynamicTest.dynamicTest(page.getFileName() + ": " + block.lines().findFirst().orElse(""),
					() -> assertThat(sources).contains(withoutIndentation(block)))));
	}

	private static Stream<Path> pages() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("../docs"))) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream();
		}
	}

	private static String read(Path directory, String suffix) throws IOException {
		StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(directory)) {
			files.filter((file) -> file.toString().endsWith(suffix)).forEach((file) -> all.append(read(file)));
		}
		return all.toString();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String withoutIndentation(String code) {
		return code.replaceAll("(?m)^[ \\t]+", "").replaceAll("\\n{2,}", "\n").strip();
	}

}
