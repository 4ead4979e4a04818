package io.wsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the pages of the project link to files and headings that exist, and that the
 * pages about the code name classes that exist.
 */
class LinksTest {

	private static final Path ROOT = Path.of("..");

	private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	/** The first word of a piece of code, if it is written as a class is. */
	private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)[^`]*`");

	/** Of the JDK, of HTTP, and a prefix that is forbidden. */
	private static final Set<String> NO_CLASSES = Set.of("Method", "Retry", "Abstract");

	@Test
	void pagesLinkToWhatExists() throws IOException {
		for (Path page : pages()) {
			LINK.matcher(text(page))
				.results()
				.filter((link) -> !link.group(1).startsWith("http"))
				.forEach((link) -> check(page, link));
		}
	}

	private static void check(Path page, MatchResult link) {
		Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
		assertThat(target).as("%s in %s", link.group(), page).exists();
		if (link.group(2) != null) {
			assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(2));
		}
	}

	/** The anchors that GitHub makes of headings. */
	private static Set<String> anchors(Path page) {
		return HEADING.matcher(text(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", ""))
			.map((heading) -> heading.replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	@Test
	void pagesAboutTheCodeNameClassesThatExist() throws IOException {
		String sources;
		try (Stream<Path> files = Stream.concat(Files.walk(ROOT.resolve("ws-protocol/src")), Stream
			.concat(Files.walk(ROOT.resolve("ws-spring-boot-autoconfigure/src")), Files.walk(Path.of("src"))))) {
			sources = files.filter((file) -> file.toString().endsWith(".java"))
				.map((file) -> ' ' + file.getFileName().toString())
				.collect(Collectors.joining());
		}
		for (String page : Set.of("CONTRIBUTING.md", "docs/architecture.md")) {
			assertThat(CLASS.matcher(text(ROOT.resolve(page))).results().map((name) -> name.group(1)).distinct())
				.as(page)
				.hasSizeGreaterThan(50)
				.filteredOn((name) -> !NO_CLASSES.contains(name))
				.allSatisfy((name) -> assertThat(sources).contains(' ' + name + ".java"));
		}
	}

	private static Iterable<Path> pages() throws IOException {
		try (Stream<Path> files = Stream.concat(Files.list(ROOT), Files.list(ROOT.resolve("docs")))) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
		}
	}

	private static String text(Path page) {
		try {
			return CODE.matcher(Files.readString(page)).replaceAll("");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
