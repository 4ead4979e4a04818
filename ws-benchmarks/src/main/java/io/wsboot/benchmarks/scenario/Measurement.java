package io.wsboot.benchmarks.scenario;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;

import io.wsboot.benchmarks.load.Traffic;
import io.wsboot.benchmarks.process.ServerProcess;
import io.wsboot.benchmarks.server.CpuUse;

/**
 * Drives a server with some traffic, and reads the clocks before and after.
 */
final class Measurement {

	private static final long PATIENCE = 10_000_000_000L;

	/**
	 * Long enough to see whether the compiler is at work, whose clock ticks every 10 ms.
	 */
	private static final double SLICE = 0.4;

	/** Asking the server a question has held the load up for a moment. */
	private static final double RECOVER = 0.1;

	private final Traffic traffic;

	private final ServerProcess server;

	Measurement(Traffic traffic, ServerProcess server) {
		this.traffic = traffic;
		this.server = server;
	}

	/** Drives it for a time, and returns how much got done. */
	long drive(double seconds) throws IOException {
		long begin = System.nanoTime();
		long nanos = (long) (seconds * 1e9);
		long done = 0;
		long progress = begin;
		for (long now = begin; now - begin < nanos; now = System.nanoTime()) {
			long count = this.traffic.turn();
			done += count;
			if (count > 0) {
				progress = now;
			}
			else if (now - progress > PATIENCE) {
				throw new IOException("the server does not answer any more");
			}
		}
		return done;
	}

	/**
	 * Drives it until its compiler is at rest: what one scenario has taught it is not all
	 * that it needs for the next, and for seconds it would take a fifth of the time that
	 * is measured, and hold messages up.
	 */
	void settle(double least, double most) throws IOException {
		double driven = 0;
		long compiled = this.server.os().compilerNanos();
		boolean calm = false;
		while (driven < least || (!calm && driven < most)) {
			drive(SLICE);
			driven += SLICE;
			long before = compiled;
			compiled = this.server.os().compilerNanos();
			calm = compiled == before;
		}
	}

	Map<Metric, Double> measure(double seconds) throws IOException {
		long allocated = this.server.allocated();
		long before = drive(RECOVER);
		this.traffic.measuringBegins();
		long cpu = this.server.os().cpuNanos();
		long user = this.server.os().userNanos();
		long compiler = this.server.os().compilerNanos();
		long own = ownCpu();
		long begin = System.nanoTime();
		long count = drive(seconds);
		double nanos = System.nanoTime() - begin;
		double used = this.server.os().cpuNanos() - cpu;
		double userUsed = this.server.os().userNanos() - user;
		double ownUsed = ownCpu() - own;
		// a thread of its that has ended takes its time with it
		double compiling = Math.max(0, this.server.os().compilerNanos() - compiler);
		Map<String, Double> observed = this.traffic.observed();
		if (count == 0) {
			throw new IOException("nothing came back in time");
		}
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		values.put(Metric.CPU, used / count / 1000);
		values.put(Metric.USER, userUsed / count / 1000);
		values.put(Metric.RATE, count / nanos * 1e9);
		values.put(Metric.SERVER_LOAD, 100 * used / nanos);
		values.put(Metric.LOAD_LOAD, 100 * ownUsed / nanos);
		values.put(Metric.COMPILING, 100 * compiling / used);
		if (allocated >= 0) {
			values.put(Metric.ALLOCATED, (double) (this.server.allocated() - allocated) / (before + count));
		}
		latency(values, observed);
		return values;
	}

	/** Where the server's processor time goes; sampling takes some itself. */
	Map<Metric, Double> profile(double seconds) throws IOException {
		this.server.beginProfile();
		drive(seconds);
		Map<CpuUse, Long> samples = this.server.endProfile();
		double all = samples.values().stream().mapToLong((count) -> count).sum();
		Map<Metric, Double> shares = new EnumMap<>(Metric.class);
		samples.forEach((use, count) -> shares.put(Metric.shareOf(use), 100 * count / all));
		return shares;
	}

	private static void latency(Map<Metric, Double> values, Map<String, Double> observed) {
		Map<String, Metric> names = Map.of("p50", Metric.P50, "p99", Metric.P99, "p99 of a tenth", Metric.P99_OF_TENTH,
				"p999", Metric.P999, "max", Metric.MAX);
		observed.forEach((name, value) -> values.put(names.getOrDefault(name, Metric.MAX), value));
	}

	private static long ownCpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

}
