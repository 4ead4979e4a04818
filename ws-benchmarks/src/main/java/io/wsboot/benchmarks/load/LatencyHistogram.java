package io.wsboot.benchmarks.load;

import java.util.Arrays;

/** Counts times in buckets, each less than 1 % wide. Not thread-safe. */
final class LatencyHistogram {

	private static final int BITS = 7;

	private final long[] counts = new long[(64 - BITS) << BITS];

	private long total;

	void add(long nanos) {
		this.counts[bucket(Math.max(nanos, 0))]++;
		this.total++;
	}

	void clear() {
		Arrays.fill(this.counts, 0);
		this.total = 0;
	}

	/**
	 * The time that a share of all stayed within, in microseconds; NaN if there is none.
	 */
	double microsAt(double share) {
		long seen = 0;
		for (int i = 0; i < this.counts.length; i++) {
			seen += this.counts[i];
			if (this.counts[i] > 0 && seen >= share * this.total) {
				return highest(i) / 1000.0;
			}
		}
		return Double.NaN;
	}

	/**
	 * The first buckets are one nanosecond wide, each further run of 128 twice as wide.
	 */
	private static int bucket(long nanos) {
		int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(nanos) - BITS - 1);
		return (shift << BITS) + (int) (nanos >>> shift);
	}

	private static long highest(int bucket) {
		int shift = Math.max(0, (bucket >>> BITS) - 1);
		return ((long) (bucket - (shift << BITS)) + 1 << shift) - 1;
	}

}
