package io.wsboot.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * A table of everything about each scenario, and one of all scenarios.
 *
 * @param measured what there is
 */
record ScenarioTables(Measured measured) {

	/** Processor time of every server with every scenario. */
	Table overview() {
		List<Scenario> scenarios = Arrays.stream(Scenario.values())
			.filter((scenario) -> scenario != Scenario.IDLE && this.measured.has(scenario))
			.toList();
		List<String> headings = new ArrayList<>(List.of("server"));
		scenarios.forEach((scenario) -> headings.add(scenario.id()));
		Table table = new Table(headings);
		for (ServerKind server : ServerKind.values()) {
			if (this.measured.has(server)) {
				List<String> row = new ArrayList<>(List.of(server.title()));
				scenarios.forEach((scenario) -> row.add(this.measured.of(server, scenario, Metric.CPU).brief()));
				table.row(row);
			}
		}
		return table;
	}

	/** All metrics of one scenario, but for the profile. */
	Table of(Scenario scenario) {
		return of(scenario, EnumSet.complementOf(EnumSet.copyOf(Metric.PROFILE)));
	}

	/** Where processor time goes. */
	Table profile(Scenario scenario) {
		return of(scenario, Metric.PROFILE);
	}

	private Table of(Scenario scenario, Set<Metric> some) {
		List<Metric> metrics = Arrays.stream(Metric.values())
			.filter(some::contains)
			.filter((metric) -> Arrays.stream(ServerKind.values())
				.anyMatch((server) -> this.measured.of(server, scenario, metric).exists()))
			.toList();
		List<String> headings = new ArrayList<>(List.of("server"));
		metrics.forEach((metric) -> headings.add(metric.title()));
		Table table = new Table(headings);
		for (ServerKind server : ServerKind.values()) {
			List<Spread> values = metrics.stream().map((metric) -> this.measured.of(server, scenario, metric)).toList();
			if (values.stream().anyMatch(Spread::exists)) {
				List<String> row = new ArrayList<>(List.of(server.title()));
				for (int i = 0; i < values.size(); i++) {
					row.add(isSpread(metrics.get(i)) ? values.get(i).toString() : values.get(i).brief());
				}
				table.row(row);
			}
		}
		return table;
	}

	/** Of the others the median says enough. */
	private static boolean isSpread(Metric metric) {
		return metric == Metric.CPU || metric == Metric.P99 || metric == Metric.P99_OF_TENTH;
	}

}
