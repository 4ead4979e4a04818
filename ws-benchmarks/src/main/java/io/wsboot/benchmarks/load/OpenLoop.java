package io.wsboot.benchmarks.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Messages at a fixed rate, whether replies come or not, on one connection after the
 * other. What a reply took is counted from when its request was due, so that a server
 * that stops for a while pays for all that it kept waiting. The thread never sleeps.
 * <p>
 * A machine that stands still for 10 ms of a second makes the 99th percentile of that
 * second its own. So that of each tenth of a second is taken too, and the median of them.
 */
public final class OpenLoop implements Traffic {

	private final Conversations conversations;

	private static final long TENTH = 100_000_000L;

	private final long interval;

	private final Map<LoadConnection, Queue<Long>> due = new HashMap<>();

	private final LatencyHistogram latencies = new LatencyHistogram();

	private final LatencyHistogram tenth = new LatencyHistogram();

	private final List<Double> tenths = new ArrayList<>();

	private long nextTenth;

	private long nextDue;

	private int next;

	private long count;

	/**
	 * Begins now.
	 * @param conversations the connections
	 * @param rate messages per second
	 */
	public OpenLoop(Conversations conversations, int rate) {
		this.conversations = conversations;
		this.interval = 1_000_000_000L / rate;
		for (LoadConnection connection : conversations.connections()) {
			this.due.put(connection, new ArrayDeque<>());
		}
		this.nextDue = System.nanoTime();
	}

	@Override
	public void measuringBegins() {
		this.latencies.clear();
		this.tenth.clear();
		this.tenths.clear();
		this.nextTenth = System.nanoTime() + TENTH;
	}

	@Override
	public long turn() throws IOException {
		while (System.nanoTime() >= this.nextDue) {
			LoadConnection connection = this.conversations.connections().get(this.next);
			this.next = (this.next + 1) % this.conversations.connections().size();
			queue(connection).add(this.nextDue);
			connection.send(1);
			this.nextDue += this.interval;
		}
		this.count = 0;
		this.conversations.turn(0, this::replied);
		return this.count;
	}

	private void replied(LoadConnection connection, int replies) {
		long now = System.nanoTime();
		Queue<Long> queue = queue(connection);
		for (int i = 0; i < replies; i++) {
			long latency = now - queue.remove();
			this.latencies.add(latency);
			this.tenth.add(latency);
		}
		this.count += replies;
		if (now >= this.nextTenth) {
			this.tenths.add(this.tenth.microsAt(0.99));
			this.tenth.clear();
			this.nextTenth = now + TENTH;
		}
	}

	private double median() {
		List<Double> sorted = this.tenths.stream().sorted().toList();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
	}

	private Queue<Long> queue(LoadConnection connection) {
		return this.due.computeIfAbsent(connection, (absent) -> new ArrayDeque<>());
	}

	@Override
	public Map<String, Double> observed() {
		return Map.of("p50", this.latencies.microsAt(0.5), "p99", this.latencies.microsAt(0.99), "p99 of a tenth",
				median(), "p999", this.latencies.microsAt(0.999), "max", this.latencies.microsAt(1));
	}

	@Override
	public void close() throws IOException {
		this.conversations.close();
	}

}
