package io.wsboot.benchmarks.scenario;

/** What can be measured. */
public enum Metric {

	/** Processor time of the server, in microseconds for each message or handshake. */
	CPU("server CPU µs"),

	/** Messages or handshakes per second. */
	RATE("per second"),

	/** Share of its core that the server used, in percent. */
	SERVER_LOAD("server core %"),

	/** Share of its core that the load used, in percent. */
	LOAD_LOAD("load core %"),

	/** Bytes that the server allocated for each message. */
	ALLOCATED("bytes allocated"),

	/** Median latency in microseconds. */
	P50("p50 µs"),

	/** Latency in microseconds. */
	P99("p99 µs"),

	/** Latency in microseconds. */
	P999("p99.9 µs"),

	/** Latency in microseconds. */
	MAX("max µs"),

	/** Bytes of heap for each connection. */
	HEAP("heap bytes"),

	/** Bytes of resident memory for each connection. */
	RESIDENT("RSS bytes");

	private final String title;

	Metric(String title) {
		this.title = title;
	}

	/**
	 * Its heading in tables.
	 * @return the heading
	 */
	public String title() {
		return this.title;
	}

}
