package io.wsboot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.report.Surroundings;
import io.wsboot.benchmarks.scenario.Sample;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * What was measured, in files, from the moment that it was measured.
 *
 * @param samples lines of samples
 * @param failures lines of what went wrong
 */
record Journal(Path samples, Path failures) {

	static Journal begin(Path directory, Options options) throws IOException {
		Journal journal = new Journal(directory.resolve("samples.csv"), directory.resolve("failures.txt"));
		Files.write(journal.samples, List.of());
		Files.write(journal.failures, List.of());
		Surroundings.look(Benchmarks.project(), options.jdk(), options.timing().measured()).write(directory);
		return journal;
	}

	void add(List<Sample> measured) throws IOException {
		Files.write(this.samples, measured.stream().map(Sample::toLine).toList(), StandardOpenOption.APPEND);
	}

	void failed(ServerKind server, Scenario scenario, int round, Exception cause) throws IOException {
		String line = server.title() + " · " + scenario.id() + " · round " + round + ": " + cause.getMessage();
		Files.write(this.failures, List.of(line), StandardOpenOption.APPEND);
	}

}
