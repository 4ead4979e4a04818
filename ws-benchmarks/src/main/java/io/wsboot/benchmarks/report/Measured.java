package io.wsboot.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Sample;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * All samples of a run.
 *
 * @param samples the samples
 */
record Measured(List<Sample> samples) {

	static Measured read(Path file) throws IOException {
		return new Measured(Files.readAllLines(file).stream().map(Sample::ofLine).toList());
	}

	Spread of(ServerKind server, Scenario scenario, Metric metric) {
		return Spread.of(rounds(server, scenario, metric).values().stream().mapToDouble((value) -> value).toArray());
	}

	/**
	 * The one with the lowest median, as which one is best in a round is noise; of those
	 * that were measured in the same rounds.
	 */
	Optional<Of> best(Metric metric, Of ours, Of... others) {
		Set<Integer> rounds = rounds(ours.server, ours.scenario, metric).keySet();
		return Arrays.stream(others)
			.filter((one) -> !Collections.disjoint(rounds, rounds(one.server, one.scenario, metric).keySet()))
			.min(Comparator.comparing((one) -> of(one.server, one.scenario, metric).median()));
	}

	/** One server by another, round by round; by the best of several others. */
	Spread ratio(Metric metric, Of of, Of... by) {
		Map<Integer, Double> best = best(metric, of, by).map((one) -> rounds(one.server, one.scenario, metric))
			.orElse(Map.of());
		return Spread.of(rounds(of.server, of.scenario, metric).entrySet()
			.stream()
			.filter((ours) -> best.containsKey(ours.getKey()))
			.mapToDouble((ours) -> ours.getValue() / best.getOrDefault(ours.getKey(), Double.NaN))
			.toArray());
	}

	private Map<Integer, Double> rounds(ServerKind server, Scenario scenario, Metric metric) {
		Map<Integer, Double> rounds = new TreeMap<>();
		this.samples.stream()
			.filter((sample) -> sample.server().equals(server.id()) && sample.scenario().equals(scenario.id())
					&& sample.metric() == metric)
			.forEach((sample) -> rounds.put(sample.round(), sample.value()));
		return rounds;
	}

	boolean has(ServerKind server) {
		return this.samples.stream().anyMatch((sample) -> sample.server().equals(server.id()));
	}

	boolean has(Scenario scenario) {
		return this.samples.stream().anyMatch((sample) -> sample.scenario().equals(scenario.id()));
	}

	/**
	 * A server with a scenario.
	 *
	 * @param server the server
	 * @param scenario the scenario
	 */
	record Of(ServerKind server, Scenario scenario) {
	}

}
