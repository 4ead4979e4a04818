package io.wsboot.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.wsboot.benchmarks.process.OsProcess;
import io.wsboot.benchmarks.process.ServerCommand;
import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.process.ServerPark;
import io.wsboot.benchmarks.report.Report;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Run;
import io.wsboot.benchmarks.scenario.Sample;
import io.wsboot.benchmarks.scenario.Scenario;
import io.wsboot.benchmarks.server.Certificate;

/**
 * All rounds of all scenarios with all servers, and the report of it.
 *
 * @param options which, and how
 */
record Suite(Options options) {

	void run() throws Exception {
		Path results = this.options.results();
		Files.createDirectories(results);
		pinToCore1();
		Certificate certificate = Certificate.make(this.options.jdk(), results.resolve("certificate.p12"));
		Journal journal = Journal.begin(results, this.options);
		ServerCommand command = new ServerCommand(this.options.jdk(), certificate,
				Benchmarks.project().resolve(".ci/node"), results);
		List<ServerKind> servers = this.options.servers().stream().filter(command::has).toList();
		try (ServerPark park = new ServerPark(command)) {
			Run run = new Run(park, this.options.timing(), certificate.context(), this.options.scenarios());
			rounds(run, servers, journal);
			if (this.options.profile()) {
				profiles(run, servers, journal);
			}
		}
		if (this.options.jmh()) {
			JmhRun.into(results, this.options.jdk());
		}
	}

	private void rounds(Run run, List<ServerKind> servers, Journal journal) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		double expected = 0;
		for (int round = 1; round <= this.options.rounds(); round++) {
			double before = minutesSince(begin);
			if (before + expected > this.options.minutes()) {
				System.out.println("no time for round " + round);
				return;
			}
			for (Scenario scenario : this.options.scenarios()) {
				for (ServerKind server : servers) {
					if (scenario.suits(server) && round <= scenario.rounds()) {
						int current = round;
						note(server, scenario, round, journal, () -> run.samples(server, scenario, current));
					}
				}
			}
			// the first one also starts the servers, and has what is measured only once
			expected = (minutesSince(begin) - before) * ((round == 1) ? 0.5 : 1);
		}
	}

	private static void note(ServerKind server, Scenario scenario, int round, Journal journal,
			Callable<List<Sample>> measurement) throws IOException, InterruptedException {
		try {
			List<Sample> samples = measurement.call();
			journal.add(samples);
			System.out.printf(Locale.ROOT, "%d %-12s %-20s %s%n", round, scenario.id(), server.id(), brief(samples));
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			journal.failed(server, scenario, round, ex);
			System.out.printf("%d %-12s %-20s FAILED: %s%n", round, scenario.id(), server.id(), ex.getMessage());
		}
	}

	/** Behind all that is measured, as a profile leaves traces. */
	private void profiles(Run run, List<ServerKind> servers, Journal journal) throws IOException, InterruptedException {
		for (Scenario scenario : this.options.scenarios().stream().filter(Scenario::isProfiled).toList()) {
			for (ServerKind server : servers) {
				if (scenario.suits(server) && server.isJava()) {
					note(server, scenario, 1, journal, () -> run.profile(server, scenario));
				}
			}
		}
	}

	private static String brief(List<Sample> samples) {
		StringBuilder brief = new StringBuilder();
		for (Metric metric : Metric.values()) {
			samples.stream()
				.filter((sample) -> sample.metric() == metric)
				.forEach((sample) -> brief
					.append(String.format(Locale.ROOT, " %s %.4g ", metric.title(), sample.value())));
		}
		return brief.toString();
	}

	private static double minutesSince(long begin) {
		return (System.nanoTime() - begin) / 60e9;
	}

	/** All threads of this process, with those of the collector and the compiler. */
	private static void pinToCore1() throws IOException, InterruptedException {
		OsProcess own = new OsProcess(ProcessHandle.current().pid());
		int code = new ProcessBuilder("taskset", "-a", "-p", "-c", "1", String.valueOf(own.pid()))
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start()
			.waitFor();
		if (code != 0) {
			throw new IOException("taskset failed: two cores are needed, and util-linux");
		}
	}

	void report() throws IOException {
		Report report = Report.of(this.options.results());
		System.out.println(report.text());
		if (this.options.docs() != null) {
			report.write(this.options.docs());
		}
	}

}
