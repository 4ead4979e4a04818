package io.wsboot.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.wsboot.benchmarks.scenario.Scenario;

/**
 * Everything that a run has left, put into words.
 *
 * @param surroundings where and when
 * @param measured end to end
 * @param failures what went wrong
 * @param parts what JMH measured of single parts
 * @param rooms what JMH measured of broadcasts
 */
public record Report(Surroundings surroundings, Measured measured, List<String> failures, JmhTable parts,
		RoomTable rooms) {

	private static final String CHART = "benchmarks.svg";

	/**
	 * Reads what a run has left.
	 * @param results the directory
	 * @return the report
	 * @throws IOException if something cannot be read
	 */
	public static Report of(Path results) throws IOException {
		Path jmh = results.resolve("jmh.csv");
		return new Report(Surroundings.read(results), Measured.read(results.resolve("samples.csv")),
				Files.readAllLines(results.resolve("failures.txt")), JmhTable.read(jmh), RoomTable.read(jmh));
	}

	/**
	 * For a terminal: one table of everything, and what was aimed at.
	 * @return the text
	 */
	public String text() {
		StringBuilder text = new StringBuilder("\nServer CPU in microseconds per message\n\n");
		text.append(new ScenarioTables(this.measured).overview());
		Table aims = new Aims(this.measured).table();
		if (!aims.isEmpty()) {
			text.append('\n').append(aims);
		}
		Table peers = new Peers(this.measured).table();
		if (!peers.isEmpty()) {
			text.append('\n').append(peers);
		}
		if (!this.parts.isEmpty()) {
			text.append('\n').append(this.parts.aims());
		}
		this.failures.forEach((failure) -> text.append("failed: ").append(failure).append('\n'));
		return text.toString();
	}

	/**
	 * Writes the page and its chart.
	 * @param directory where to; it is made if there is none
	 * @throws IOException if they cannot be written
	 */
	public void write(Path directory) throws IOException {
		Files.createDirectories(directory);
		Files.writeString(directory.resolve("benchmarks.md"), markdown());
		Files.writeString(directory.resolve(CHART), new Chart(this.measured).svg());
	}

	private String markdown() throws IOException {
		ScenarioTables tables = new ScenarioTables(this.measured);
		StringBuilder page = new StringBuilder(Prose.SUMMARY);
		page.append("\n![Server CPU per message of all servers, four scenarios](").append(CHART);
		page.append(")\n\nIn the chart: server CPU per message in µs; the line is the spread of the rounds.\n");
		page.append("\n## Server CPU per message, in µs\n\n").append(tables.overview());
		page.append("\n## What is aimed at\n\n").append(Prose.AIMS).append(new Aims(this.measured).table());
		if (!this.parts.isEmpty()) {
			page.append('\n').append(this.parts.aims());
		}
		Table peers = new Peers(this.measured).table();
		if (!peers.isEmpty()) {
			page.append('\n').append(Prose.PEERS).append(peers);
		}
		page.append("\n## Where an aim is missed\n\n").append(Prose.MISSED);
		page.append("\n## How it is measured\n\n").append(Prose.METHOD);
		this.surroundings.lines().forEach((line) -> page.append("- ").append(line).append('\n'));
		for (Scenario scenario : Scenario.values()) {
			if (this.measured.has(scenario)) {
				page.append("\n## ").append(scenario.id()).append("\n\n");
				page.append(capitalised(scenario.title())).append(".\n\n").append(tables.of(scenario));
				Table profile = tables.profile(scenario);
				if (!profile.isEmpty()) {
					page.append('\n').append(Prose.PROFILE).append(profile);
				}
			}
		}
		if (!this.parts.isEmpty()) {
			page.append("\n## Parts (JMH)\n\n").append(Prose.PARTS).append(this.parts.parts());
		}
		if (!this.rooms.isEmpty()) {
			page.append("\n## Rooms\n\n").append(Prose.ROOMS).append(this.rooms);
		}
		if (!this.failures.isEmpty()) {
			page.append("\n## What failed\n\n");
			this.failures.forEach((failure) -> page.append("- ").append(failure).append('\n'));
		}
		return page.toString();
	}

	private static String capitalised(String title) {
		return Character.toUpperCase(title.charAt(0)) + title.substring(1);
	}

}
