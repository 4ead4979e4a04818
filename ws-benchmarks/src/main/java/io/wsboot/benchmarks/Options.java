package io.wsboot.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.scenario.Scenario;
import io.wsboot.benchmarks.scenario.Timing;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a run.
 *
 * @param servers which servers
 * @param scenarios which scenarios
 * @param rounds how often
 * @param minutes no round begins that would probably end later
 * @param timing how long each measurement takes
 * @param jdk what the servers run on
 * @param results the directory for raw results
 * @param docs the directory for the report, null for none
 * @param jmh whether the parts are measured too
 * @param profile whether it is shown where processor time goes
 */
record Options(List<ServerKind> servers, List<Scenario> scenarios, int rounds, double minutes, Timing timing, Path jdk,
		Path results, @Nullable Path docs, boolean jmh, boolean profile) {

	static final String USAGE = """
			usage: ws-benchmarks/run [--servers a,b] [--scenarios a,b] [--rounds n] [--seconds s] [--minutes m]
			                         [--warm-up s] [--jdk directory] [--results directory] [--docs directory] [--jmh] [--profile]
			                         [--quick]
			       ws-benchmarks/run jmh [options of JMH]
			       ws-benchmarks/run report [--results directory] --docs directory

			Names may be cut: --servers ws,netty --scenarios echo64. --quick is our server and the bare loop,
			one second each. --docs writes benchmarks.md and its chart there; --jmh measures the parts too,
			and --profile shows where processor time goes (JDK 25).

			""";

	static Options of(List<String> arguments) {
		List<String> left = new ArrayList<>(arguments);
		boolean quick = left.remove("--quick");
		boolean jmh = left.remove("--jmh");
		boolean profile = left.remove("--profile");
		List<ServerKind> servers = ServerKind.named(value(left, "--servers", quick ? "ws-plain,bare-nio" : ""));
		List<Scenario> scenarios = Scenario.named(value(left, "--scenarios", quick ? "echo64x" : ""));
		int rounds = Integer.parseInt(value(left, "--rounds", quick ? "1" : "3"));
		double seconds = Double.parseDouble(value(left, "--seconds", quick ? "1" : "1.2"));
		double warmUp = Double.parseDouble(value(left, "--warm-up", "3"));
		double minutes = Double.parseDouble(value(left, "--minutes", "60"));
		Timing timing = quick ? new Timing(0.1, 2, seconds, 0.5, 0.1) : new Timing(0.2, 8, seconds, warmUp, warmUp / 6);
		String jdk = value(left, "--jdk", "");
		String results = value(left, "--results", "ws-benchmarks/target/benchmarks");
		String docs = value(left, "--docs", "");
		if (!left.isEmpty() || servers.isEmpty() || scenarios.isEmpty()) {
			throw new IllegalArgumentException("not understood: " + left);
		}
		if (quick) {
			servers = servers.stream().filter((server) -> server != ServerKind.WS_PLAIN_OFF).toList();
		}
		return new Options(servers, scenarios, rounds, minutes, timing, jdk.isEmpty() ? Jdks.newest() : Path.of(jdk),
				Path.of(results).toAbsolutePath(), docs.isEmpty() ? null : Path.of(docs).toAbsolutePath(), jmh,
				profile);
	}

	private static String value(List<String> arguments, String name, String absent) {
		int at = arguments.indexOf(name);
		if (at < 0 || at == arguments.size() - 1) {
			return absent;
		}
		arguments.remove(at);
		return arguments.remove(at);
	}

	/** The ids of all servers and scenarios. */
	static String names() {
		return "servers: " + String.join(" ", Arrays.stream(ServerKind.values()).map(ServerKind::id).toList())
				+ "\nscenarios: " + String.join(" ", Arrays.stream(Scenario.values()).map(Scenario::id).toList());
	}

}
