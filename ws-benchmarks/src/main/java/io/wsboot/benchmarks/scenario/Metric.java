package io.wsboot.benchmarks.scenario;

import java.util.EnumSet;
import java.util.Set;

import io.wsboot.benchmarks.server.CpuUse;

/** What can be measured. */
public enum Metric {

	/** Processor time of the server, in microseconds for each message or handshake. */
	CPU("server CPU µs"),

	/** What of it was not spent in the kernel. */
	USER("of it user µs"),

	/** Messages or handshakes per second. */
	RATE("per second"),

	/** Share of its core that the server used, in percent. */
	SERVER_LOAD("server core %"),

	/** Share of its core that the load used, in percent. */
	LOAD_LOAD("load core %"),

	/** Share of the server's processor time that its JIT compiler used, in percent. */
	COMPILING("compiler %"),

	/** Bytes that the server allocated for each message. */
	ALLOCATED("bytes allocated"),

	/** Median latency in microseconds. */
	P50("p50 µs"),

	/** Latency in microseconds. */
	P99("p99 µs"),

	/** Median of the latencies of each tenth of a second, in microseconds. */
	P99_OF_TENTH("p99 of a tenth µs"),

	/** Latency in microseconds. */
	P999("p99.9 µs"),

	/** Latency in microseconds. */
	MAX("max µs"),

	/** Bytes of heap for each connection. */
	HEAP("heap bytes"),

	/** Bytes of resident memory for each connection. */
	RESIDENT("RSS bytes"),

	/** Share of processor time in writing, in percent; see {@link CpuUse}. */
	IN_WRITE("write %"),

	/** Share of processor time in reading, in percent. */
	IN_READ("read %"),

	/** Share of processor time in waiting for sockets, in percent. */
	IN_SELECT("select %"),

	/** Share of processor time in other native methods, in percent. */
	IN_OTHER_CALLS("other native %"),

	/** Share of processor time in the JDK's Java code, in percent. */
	IN_JDK("JDK %"),

	/** Share of processor time in the server's Java code, in percent. */
	IN_OWN("own %");

	/** What a profile consists of. */
	public static final Set<Metric> PROFILE = Set.copyOf(EnumSet.range(IN_WRITE, IN_OWN));

	private final String title;

	Metric(String title) {
		this.title = title;
	}

	static Metric shareOf(CpuUse use) {
		return valueOf("IN_" + use.name());
	}

	/**
	 * Its heading in tables.
	 * @return the heading
	 */
	public String title() {
		return this.title;
	}

}
