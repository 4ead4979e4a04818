package io.wsboot.benchmarks.report;

import java.util.Arrays;
import java.util.List;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.report.Measured.Of;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * The server beside the best of its peers on the JVM, whichever that is in each scenario.
 *
 * @param measured what there is
 */
record Peers(Measured measured) {

	/** None of them is to be ahead. */
	private static final double AIM = 1;

	Table table() {
		Table table = new Table(List.of("scenario", "best peer on the JVM", "plain / that", "not behind"));
		for (Scenario scenario : Scenario.values()) {
			Of[] peers = Arrays.stream(ServerKind.values())
				.filter(ServerKind::isPeerOnJvm)
				.map((peer) -> new Of(peer, scenario))
				.toArray(Of[]::new);
			Metric metric = (scenario == Scenario.IDLE) ? Metric.RESIDENT : Metric.CPU;
			Of ours = new Of(ServerKind.WS_PLAIN, scenario);
			Spread ratio = this.measured.ratio(metric, ours, peers);
			this.measured.best(metric, ours, peers)
				.ifPresent((best) -> table.row(List.of(scenario.id(), best.server().title(), ratio.toString(),
						(ratio.median() <= AIM) ? "yes" : "no")));
		}
		return table;
	}

}
