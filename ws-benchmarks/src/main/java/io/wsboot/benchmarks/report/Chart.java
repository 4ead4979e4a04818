package io.wsboot.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.scenario.Metric;
import io.wsboot.benchmarks.scenario.Scenario;

/**
 * Bars of processor time per message, four panels of them, as SVG that is readable on
 * light and on dark ground.
 *
 * @param measured what there is
 */
record Chart(Measured measured) {

	private static final int ROW = 20;

	private static final int LABELS = 275;

	private static final int BAR = 190;

	private static final int PANEL = LABELS + BAR + 75;

	private static final String HEAD = """
			<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">
			<style>
			text { fill: #1f2328 } .title { font-weight: 600; font-size: 14px } .value { fill: #59636e }
			.peer { fill: #8c959f } .ours { fill: #0969da } .bare { fill: #bf8700 } .whisker { stroke: #1f2328 }
			@media (prefers-color-scheme: dark) {
			text { fill: #f0f6fc } .value { fill: #9198a1 }
			.peer { fill: #656c76 } .ours { fill: #4493f8 } .bare { fill: #d29922 } .whisker { stroke: #f0f6fc }
			}
			</style>
			""";

	String svg() {
		List<Scenario> scenarios = List.of(Scenario.ECHO_64_1, Scenario.ECHO_64_32, Scenario.ECHO_4K_4,
				Scenario.ECHO_1M);
		List<ServerKind> servers = new ArrayList<>();
		for (ServerKind server : ServerKind.values()) {
			if (this.measured.has(server) && server != ServerKind.WS_PLAIN_OFF) {
				servers.add(server);
			}
		}
		int panelHeight = 50 + servers.size() * ROW;
		StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, HEAD, 2 * PANEL, 2 * panelHeight));
		for (int i = 0; i < scenarios.size(); i++) {
			svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d %d)\">%n", i % 2 * PANEL,
					i / 2 * panelHeight));
			panel(svg, scenarios.get(i), servers);
			svg.append("</g>\n");
		}
		return svg.append("</svg>\n").toString();
	}

	private void panel(StringBuilder svg, Scenario scenario, List<ServerKind> servers) {
		text(svg, 10, 22, "title", "start", scenario.title());
		double most = servers.stream()
			.map((server) -> this.measured.of(server, scenario, Metric.CPU))
			.filter(Spread::exists)
			.mapToDouble(Spread::most)
			.max()
			.orElse(1);
		int y = 36;
		for (ServerKind server : servers) {
			bar(svg, server, this.measured.of(server, scenario, Metric.CPU), most, y);
			y += ROW;
		}
	}

	private static void bar(StringBuilder svg, ServerKind server, Spread cpu, double most, int y) {
		text(svg, LABELS - 8, y + 13, "label", "end", server.title());
		if (!cpu.exists()) {
			text(svg, LABELS, y + 13, "value", "start", "–");
			return;
		}
		String kind = (server == ServerKind.BARE_NIO) ? "bare" : server.id().startsWith("ws-") ? "ours" : "peer";
		double length = cpu.median() / most * BAR;
		svg.append(String.format(Locale.ROOT,
				"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/>%n", kind, LABELS, y + 2,
				Math.max(length, 1)));
		svg.append(String.format(Locale.ROOT, "<path class=\"whisker\" d=\"M%.1f %dH%.1f\"/>%n",
				LABELS + cpu.least() / most * BAR, y + 9, LABELS + cpu.most() / most * BAR));
		text(svg, (int) (LABELS + cpu.most() / most * BAR) + 6, y + 13, "value", "start", cpu.brief());
	}

	private static void text(StringBuilder svg, int x, int y, String kind, String anchor, String text) {
		svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
				kind, x, y, anchor, text));
	}

}
