package io.wsboot.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The times that JMH wrote for broadcasts to one room, as a table. */
final class RoomTable {

	/** How the names of its results begin. */
	static final String BENCHMARK = "RoomBenchmark.";

	/** Microseconds by method; by members and others, in the order of the file. */
	private final Map<List<String>, Map<String, Double>> times = new LinkedHashMap<>();

	private RoomTable() {
	}

	static RoomTable read(Path file) throws IOException {
		RoomTable table = new RoomTable();
		if (Files.exists(file)) {
			table.add(Files.readAllLines(file));
		}
		return table;
	}

	private void add(List<String> lines) {
		List<String> header = JmhTable.cells(lines.get(0));
		int members = header.indexOf("Param: members");
		int others = header.indexOf("Param: others");
		for (String line : lines) {
			List<String> cells = JmhTable.cells(line);
			String name = cells.get(0);
			int method = name.indexOf(BENCHMARK);
			if (method >= 0 && !name.contains(":")) {
				this.times
					.computeIfAbsent(List.of(cells.get(members), cells.get(others)), (key) -> new LinkedHashMap<>())
					.put(name.substring(method + BENCHMARK.length()), Double.valueOf(cells.get(4)));
			}
		}
	}

	boolean isEmpty() {
		return this.times.isEmpty();
	}

	@Override
	public String toString() {
		Table table = new Table(List.of("members", "sessions in other rooms", "broadcast µs", "count µs"));
		this.times.forEach((room, micros) -> table
			.row(List.of(room.get(0), room.get(1), time(micros, "broadcast"), time(micros, "count"))));
		return table.toString();
	}

	private static String time(Map<String, Double> micros, String method) {
		return Spread.number(micros.getOrDefault(method, Double.NaN));
	}

}
