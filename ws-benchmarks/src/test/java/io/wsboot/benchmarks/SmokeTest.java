package io.wsboot.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
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
		Options options = Options.of(List.of("--quick", "--seconds", "0.5", "--results", results.toString(), "--docs",
				directory.toString()));
		Suite suite = new Suite(options);
		suite.run();
		suite.report();
		assertThat(results.resolve("failures.txt")).isEmptyFile();
		assertThat(Files.readString(directory.resolve("benchmarks.md"))).contains("| bare NIO loop ")
			.contains("| wsboot, plain Java ")
			.contains("## echo64x1")
			.contains("## echo64x32");
		assertThat(directory.resolve("benchmarks.svg")).content().startsWith("<svg").endsWith("</svg>\n");
	}

}
