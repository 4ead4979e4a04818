package io.wsboot.benchmarks.scenario;

/**
 * One number that was measured.
 *
 * @param server id of the server
 * @param scenario id of the scenario
 * @param round 1 or more
 * @param metric what it is
 * @param value the number
 */
public record Sample(String server, String scenario, int round, Metric metric, double value) {

	/**
	 * As a line of a file.
	 * @return the line, without its end
	 */
	public String toLine() {
		return String.join(",", this.server, this.scenario, String.valueOf(this.round), this.metric.name(),
				String.valueOf(this.value));
	}

	/**
	 * Reads a line.
	 * @param line as of {@link #toLine}
	 * @return the sample
	 */
	public static Sample ofLine(String line) {
		String[] parts = line.split(",");
		return new Sample(parts[0], parts[1], Integer.parseInt(parts[2]), Metric.valueOf(parts[3]),
				Double.parseDouble(parts[4]));
	}

}
