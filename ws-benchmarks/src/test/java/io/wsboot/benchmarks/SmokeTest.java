package io.wsboot.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs our server and the bare loop for a moment, and writes the report.
 */
@EnabledOnOs(OS.LINUX)
class SmokeTest {

	static boolean hasTwoCores() {
		return Runtime.getRuntime().availableProcessors() > 1;
	}

	@Test
	@EnabledIf("hasTwoCores")
	void quickRunMeasuresBothAndFailsNowhere(@TempDir Path directory) throws Exception {
		Path results = directory.resolve("results");
		boolean profiles = Jdks.version(Jdks.newest()).feature() >= 25;
		List<String> arguments = new ArrayList<>(List.of("--quick", "--seconds", "0.5", "--results", results.toString(),
				"--docs", directory.toString()));
		if (profiles) {
			arguments.add("--profile");
		}
		Options options = Options.of(arguments);
		Suite suite = new Suite(options);
		suite.run();
		suite.report();
		assertThat(results.resolve("failures.txt")).isEmptyFile();
		String page = Files.readString(directory.resolve("benchmarks.md"));
		assertThat(page).contains("| bare NIO loop ")
			.contains("| wsboot, plain Java ")
			.contains("## echo64x1")
			.contains("## echo64x32");
		assertThat(page.contains("| own % |")).isEqualTo(profiles);
		assertThat(directory.resolve("benchmarks.svg")).content().startsWith("<svg").endsWith("</svg>\n");
	}

}
