package io.wsboot.benchmarks.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

import io.wsboot.benchmarks.load.Target;
import io.wsboot.benchmarks.load.Traffic;
import io.wsboot.benchmarks.load.WrongReplyException;
import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.process.ServerPark;
import io.wsboot.benchmarks.process.ServerProcess;
import io.wsboot.benchmarks.server.ServerMode;

/**
 * Measures one server with one scenario.
 *
 * @param park where the servers are
 * @param timing how long
 * @param tls trusts the servers
 * @param scenarios all that will be run, for which a new process is made warm
 */
public record Run(ServerPark park, Timing timing, SSLContext tls, List<Scenario> scenarios) {

	/**
	 * Measures.
	 * @param kind the server
	 * @param scenario the scenario
	 * @param round 1 or more
	 * @return what was measured
	 * @throws Exception if the server fails
	 */
	public List<Sample> samples(ServerKind kind, Scenario scenario, int round) throws Exception {
		return samples(kind, scenario, round, Measurement::measure);
	}

	/**
	 * Samples what a server spends its processor time on.
	 * @param kind the server
	 * @param scenario the scenario
	 * @return the shares
	 * @throws Exception if the server fails, or is no JVM of a JDK that can tell
	 */
	public List<Sample> profile(ServerKind kind, Scenario scenario) throws Exception {
		return samples(kind, scenario, 1, Measurement::profile);
	}

	private List<Sample> samples(ServerKind kind, Scenario scenario, int round, Instrument instrument)
			throws Exception {
		Result result = new Result();
		boolean fresh = scenario == Scenario.IDLE;
		this.park.use(kind, scenario.mode(), fresh, (server) -> warmUp(kind, scenario.mode(), server),
				(server) -> result.values = measure(scenario, server, instrument));
		return result.values.entrySet()
			.stream()
			.map((value) -> new Sample(kind.id(), scenario.id(), round, value.getKey(), value.getValue()))
			.toList();
	}

	private Map<Metric, Double> measure(Scenario scenario, ServerProcess server, Instrument instrument)
			throws IOException, InterruptedException {
		if (scenario == Scenario.IDLE) {
			return IdleMemory.measure(target(scenario, server), server);
		}
		try (Traffic traffic = scenario.open(target(scenario, server))) {
			Measurement measurement = new Measurement(traffic, server);
			measurement.settle(this.timing.settle(), this.timing.calm());
			return instrument.read(measurement, this.timing.measured());
		}
	}

	private void warmUp(ServerKind kind, ServerMode mode, ServerProcess server) {
		double seconds = this.timing.firstWarmUp();
		// with little to do it would be compiled better than what it is compared with
		ServerKind like = (kind == ServerKind.WS_PLAIN_OFF) ? ServerKind.WS_PLAIN : kind;
		for (Scenario scenario : this.scenarios) {
			if (scenario.mode() == mode && scenario.suits(like) && scenario.warmsUp()) {
				warmUp(scenario, server, seconds);
				seconds = this.timing.warmUp();
			}
		}
	}

	private void warmUp(Scenario scenario, ServerProcess server, double seconds) {
		try (Traffic traffic = scenario.open(target(scenario, server))) {
			new Measurement(traffic, server).drive(seconds);
		}
		catch (IOException | WrongReplyException ex) {
			// What a server refuses by its defaults is told of when that is measured; the
			// rest of it can be.
		}
	}

	private Target target(Scenario scenario, ServerProcess server) {
		return new Target(server.port(), scenario.path(), (scenario.mode() == ServerMode.TLS) ? this.tls : null,
				scenario.mode() == ServerMode.DEFLATE);
	}

	/** What is read of a server under load. */
	private interface Instrument {

		Map<Metric, Double> read(Measurement measurement, double seconds) throws IOException;

	}

	/** What a lambda leaves behind. */
	private static final class Result {

		private Map<Metric, Double> values = Map.of();

	}

}
