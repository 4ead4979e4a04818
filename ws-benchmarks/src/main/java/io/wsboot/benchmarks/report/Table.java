package io.wsboot.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table as Markdown has it, in columns that line up. The first one is text. */
final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	Table(List<String> headings) {
		this.rows.add(headings);
	}

	void row(List<String> cells) {
		this.rows.add(cells);
	}

	boolean isEmpty() {
		return this.rows.size() == 1;
	}

	@Override
	public String toString() {
		int[] widths = new int[this.rows.get(0).size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], Math.max(3, row.get(i).length()));
			}
		}
		StringBuilder text = new StringBuilder();
		line(text, this.rows.get(0), widths);
		for (int i = 0; i < widths.length; i++) {
			text.append("| ").append("-".repeat(widths[i] - 1)).append((i == 0) ? "- " : ": ");
		}
		text.append("|\n");
		this.rows.stream().skip(1).forEach((row) -> line(text, row, widths));
		return text.toString();
	}

	private static void line(StringBuilder text, List<String> cells, int[] widths) {
		for (int i = 0; i < widths.length; i++) {
			String space = " ".repeat(widths[i] - cells.get(i).length());
			text.append("| ").append((i == 0) ? cells.get(i) + space : space + cells.get(i)).append(' ');
		}
		text.append("|\n");
	}

}
