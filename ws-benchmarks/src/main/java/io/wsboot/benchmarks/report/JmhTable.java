package io.wsboot.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What JMH wrote of single parts, as tables. */
final class JmhTable {

	private static final String ALLOCATED = ":gc.alloc.rate.norm";

	/** Topics are measured in other units, and compared with bare writes. */
	private static final String TOPICS = ".parts.Topic";

	/** Nanoseconds by name and size, in the order of the file. */
	private final Map<String, Double> times = new LinkedHashMap<>();

	private final Map<String, Double> allocated = new LinkedHashMap<>();

	private JmhTable() {
	}

	static JmhTable read(Path file) throws IOException {
		JmhTable table = new JmhTable();
		if (!Files.exists(file)) {
			return table;
		}
		List<String> lines = Files.readAllLines(file);
		for (String line : lines.subList(1, lines.size())) {
			if (line.contains(RoomTable.BENCHMARK) || line.contains(TOPICS)) {
				continue;
			}
			List<String> cells = cells(line);
			String name = cells.get(0).substring(cells.get(0).lastIndexOf('.', cells.get(0).indexOf("Benchmark")) + 1);
			String size = (cells.size() > 7 && !cells.get(7).isEmpty()) ? " " + cells.get(7) : "";
			double score = Double.parseDouble(cells.get(4));
			if (name.endsWith(ALLOCATED)) {
				table.allocated.put(name.replace(ALLOCATED, "") + size, score);
			}
			else if (!name.contains(":")) {
				table.times.put(name + size, score);
			}
		}
		return table;
	}

	/** No cell of ours has a comma or a quote in it. */
	static List<String> cells(String line) {
		List<String> cells = new ArrayList<>();
		for (String cell : line.split(",")) {
			cells.add(cell.replace("\"", ""));
		}
		return cells;
	}

	boolean isEmpty() {
		return this.times.isEmpty();
	}

	Table parts() {
		Table table = new Table(List.of("part", "bytes", "ns", "GB/s", "bytes allocated"));
		this.times.forEach((key, nanos) -> {
			String[] parts = key.split(" ");
			double size = (parts.length > 1) ? Double.parseDouble(parts[1]) : Double.NaN;
			table.row(List.of(parts[0], (parts.length > 1) ? parts[1] : "–", Spread.number(nanos),
					Double.isNaN(size) ? "–" : Spread.number(size / nanos),
					Spread.number(this.allocated.getOrDefault(key, Double.NaN))));
		});
		return table;
	}

	Table aims() {
		Table table = new Table(List.of("ratio of times", "aim: at most", "measured", "reached"));
		ratio(table, "read a frame of 64 KiB, unmasking it / System.arraycopy", 2, "FrameBenchmark.read 65536",
				"FrameBenchmark.arraycopy 65536");
		ratio(table, "inflate 64 KiB of JSON / bare java.util.zip", 1.1, "DeflateBenchmark.inflate",
				"DeflateBenchmark.bareInflate");
		ratio(table, "deflate 64 KiB of JSON / bare java.util.zip", 1.1, "DeflateBenchmark.deflate",
				"DeflateBenchmark.bareDeflate");
		Double ascii = this.times.get("Utf8Benchmark.ascii 65536");
		if (ascii != null) {
			table.row(List.of("check ASCII: ns for each 4 bytes", "1.00", Spread.number(ascii / 65536 * 4),
					(ascii <= 65536 / 4.0) ? "yes" : "no"));
		}
		return table;
	}

	private void ratio(Table table, String title, double aim, String ours, String bare) {
		Double time = this.times.get(ours);
		Double limit = this.times.get(bare);
		if (time != null && limit != null) {
			table.row(List.of(title, Spread.number(aim), Spread.number(time / limit),
					(time / limit <= aim) ? "yes" : "no"));
		}
	}

}
