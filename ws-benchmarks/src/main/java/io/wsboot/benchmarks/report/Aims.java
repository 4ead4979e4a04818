package io.wsboot.benchmarks.report;

import java.util.List;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.report.Measured.Of;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * What the server is meant to reach beside others, and does or does not.
 *
 * @param measured what there is
 */
record Aims(Measured measured) {

	Table table() {
		Table table = new Table(List.of("ratio", "aim: at most", "measured", "reached"));
		plain(table, "64 B, 1 outstanding: plain / Netty NIO", 1, Scenario.ECHO_64_1, ServerKind.NETTY_NIO);
		plain(table, "64 B, 32 outstanding: plain / Netty's better", 1 / 3.0, Scenario.ECHO_64_32, ServerKind.NETTY_NIO,
				ServerKind.NETTY_EPOLL);
		bareByNetty(table, "64 B, 32 outstanding: bare loop / Netty's better", Scenario.ECHO_64_32);
		plain(table, "64 B, 32 outstanding: plain / bare loop", Double.NaN, Scenario.ECHO_64_32, ServerKind.BARE_NIO);
		plain(table, "4 KiB: plain / Netty's better", 0.5, Scenario.ECHO_4K_4, ServerKind.NETTY_NIO,
				ServerKind.NETTY_EPOLL);
		plain(table, "1 MiB: plain / Netty's better", 0.5, Scenario.ECHO_1M, ServerKind.NETTY_NIO,
				ServerKind.NETTY_EPOLL);
		of(table, "text / binary, 32 outstanding", 1.2, Metric.CPU, new Of(ServerKind.WS_PLAIN, Scenario.TEXT_64_32),
				new Of(ServerKind.WS_PLAIN, Scenario.ECHO_64_32));
		same(table, "@WsEndpoint on the loop / plain, 1 outstanding", 1.15, Scenario.ECHO_64_1,
				ServerKind.WS_ENDPOINT_LOOP, ServerKind.WS_PLAIN);
		same(table, "@WsEndpoint on the loop / plain, 32 outstanding", 1.15, Scenario.ECHO_64_32,
				ServerKind.WS_ENDPOINT_LOOP, ServerKind.WS_PLAIN);
		for (Scenario scenario : List.of(Scenario.ECHO_64_1, Scenario.ECHO_64_32)) {
			same(table, "@WsEndpoint on the pool / Spring on Tomcat, " + scenario.id(), 0.5, scenario,
					ServerKind.WS_ENDPOINT_POOL, ServerKind.TOMCAT);
			same(table, "@WsEndpoint on virtual threads / Spring on Tomcat, " + scenario.id(), 0.5, scenario,
					ServerKind.WS_ENDPOINT_VIRTUAL, ServerKind.TOMCAT);
		}
		plain(table, "fan-out to 1,000: plain / Netty's better", 2 / 3.0, Scenario.FANOUT_1K, ServerKind.NETTY_NIO,
				ServerKind.NETTY_EPOLL);
		plain(table, "fan-out to 1,000: plain / Java-WebSocket", 2 / 3.0, Scenario.FANOUT_1K,
				ServerKind.JAVA_WEBSOCKET);
		bareByNetty(table, "fan-out to 1,000: bare loop / Netty's better", Scenario.FANOUT_1K);
		of(table, "RSS growth per idle connection: plain / Netty NIO", 0.5, Metric.RESIDENT,
				new Of(ServerKind.WS_PLAIN, Scenario.IDLE), new Of(ServerKind.NETTY_NIO, Scenario.IDLE));
		of(table, "RSS growth per idle connection: bare loop / Netty NIO", Double.NaN, Metric.RESIDENT,
				new Of(ServerKind.BARE_NIO, Scenario.IDLE), new Of(ServerKind.NETTY_NIO, Scenario.IDLE));
		latency(table, "20,000/s", Scenario.LATENCY_20K);
		latency(table, "80,000/s", Scenario.LATENCY_80K);
		for (Scenario scenario : List.of(Scenario.ECHO_64_1, Scenario.ECHO_64_32, Scenario.ECHO_4K_4)) {
			same(table, "limits, meters and timers on / off, " + scenario.id(), 1.03, scenario, ServerKind.WS_PLAIN,
					ServerKind.WS_PLAIN_OFF);
		}
		return table;
	}

	/** What is left of an aim where no server on the JVM can do better. */
	private void bareByNetty(Table table, String title, Scenario scenario) {
		of(table, title, Double.NaN, Metric.CPU, new Of(ServerKind.BARE_NIO, scenario),
				new Of(ServerKind.NETTY_NIO, scenario), new Of(ServerKind.NETTY_EPOLL, scenario));
	}

	private void latency(Table table, String rate, Scenario scenario) {
		Of plain = new Of(ServerKind.WS_PLAIN, scenario);
		Of netty = new Of(ServerKind.NETTY_NIO, scenario);
		of(table, "p99 at " + rate + ": plain / Netty NIO", 1, Metric.P99, plain, netty);
		of(table, "p99 of a tenth of a second at " + rate + ": plain / Netty NIO", 1, Metric.P99_OF_TENTH, plain,
				netty);
	}

	private void plain(Table table, String title, double aim, Scenario scenario, ServerKind... peers) {
		Of[] by = new Of[peers.length];
		for (int i = 0; i < peers.length; i++) {
			by[i] = new Of(peers[i], scenario);
		}
		of(table, title, aim, Metric.CPU, new Of(ServerKind.WS_PLAIN, scenario), by);
	}

	private void same(Table table, String title, double aim, Scenario scenario, ServerKind ours, ServerKind other) {
		of(table, title, aim, Metric.CPU, new Of(ours, scenario), new Of(other, scenario));
	}

	private void of(Table table, String title, double aim, Metric metric, Of ours, Of... others) {
		Spread ratio = this.measured.ratio(metric, ours, others);
		if (ratio.exists()) {
			boolean hasAim = !Double.isNaN(aim);
			table.row(List.of(title, hasAim ? Spread.number(aim) : "–", ratio.toString(),
					hasAim ? (ratio.median() <= aim) ? "yes" : "no" : "–"));
		}
	}

}
