package io.wsboot.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * A number that was measured several times.
 *
 * @param median the one in the middle
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {

	static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

	static Spread of(double... values) {
		if (values.length == 0) {
			return NONE;
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Spread(median, sorted[0], sorted[sorted.length - 1]);
	}

	boolean exists() {
		return !Double.isNaN(this.median);
	}

	String brief() {
		return exists() ? number(this.median) : "–";
	}

	/** With the spread, if there is one. */
	@Override
	public String toString() {
		if (!exists() || this.least == this.most) {
			return brief();
		}
		return number(this.median) + " (" + number(this.least) + " .. " + number(this.most) + ")";
	}

	/** Three digits that count. */
	static String number(double value) {
		double size = Math.abs(value);
		if (size >= 1000) {
			return String.format(Locale.ROOT, "%,.0f", value);
		}
		return String.format(Locale.ROOT, (size >= 100) ? "%.0f" : (size >= 10) ? "%.1f" : "%.2f", value);
	}

}
