package io.wsboot.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has a fuzzer look for new inputs, guided by the coverage that they reach: a few seconds
 * for each target, or as many as {@code fuzz.seconds} says, for the one that
 * {@code fuzz.target} names. With {@code fuzz.keep} the inputs found are reduced then to
 * those that are worth keeping.
 */
@EnabledOnOs(value = { OS.LINUX, OS.MAC, OS.WINDOWS }, architectures = { "amd64", "x86_64", "aarch64" },
		disabledReason = "the fuzzer has native code, which is there for these only")
class FuzzTest {

	private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");

	private static final Pattern EDGES = Pattern.compile("INITED cov: (\\d+)");

	@ParameterizedTest
	@EnumSource
	void findsNoFault(FuzzTarget target) throws IOException, InterruptedException {
		String only = System.getProperty("fuzz.target", "");
		if (!only.isEmpty()) {
			assertThat(FuzzTarget.values()).extracting(FuzzTarget::toString).contains(only);
		}
		Assumptions.assumeTrue(only.isEmpty() || only.equals(target.toString()), "another target is asked for");
		Fuzzer fuzzer = new Fuzzer(target);
		int status = fuzzer.search(Integer.getInteger("fuzz.seconds", 3));
		List<String> log = Files.readAllLines(fuzzer.log());
		String end = String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size()));
		assertThat(status).as("status of the fuzzer; what it found is in %s\n%s", fuzzer.directory(), end).isZero();
		// it did run, and saw what it covers
		assertThat(number(RUNS, log)).as("inputs tried\n%s", end).isGreaterThanOrEqualTo(target.inputs().size());
		assertThat(number(EDGES, log)).as("edges of the corpus\n%s", end).isGreaterThan(50);
		if (Boolean.getBoolean("fuzz.keep")) {
			assertThat(fuzzer.reduce()).as("status of the fuzzer").isZero();
			assertThat(fuzzer.smallest()).isNotEmptyDirectory();
		}
	}

	private static int number(Pattern pattern, List<String> log) {
		return log.stream()
			.map(pattern::matcher)
			.filter(Matcher::find)
			.mapToInt((found) -> Integer.parseInt(found.group(1)))
			.findFirst()
			.orElse(0);
	}

}
