package io.wsboot.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux knows of a process.
 *
 * @param pid the process
 */
public record OsProcess(long pid) {

	/** USER_HZ, which is 100 on every Linux. */
	private static final long NANOS_PER_TICK = 10_000_000L;

	private static final int USER_TIME = 11;

	private static final int SYSTEM_TIME = 12;

	/**
	 * Processor time of all its threads, those that have ended included (utime and stime
	 * of proc(5)).
	 * @return nanoseconds, in steps of 10 ms
	 * @throws IOException if it is gone
	 */
	public long cpuNanos() throws IOException {
		String stat = Files.readString(Path.of("/proc/" + this.pid + "/stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * NANOS_PER_TICK;
	}

	/**
	 * Memory that is there (VmRSS of proc(5)).
	 * @return bytes
	 * @throws IOException if it is gone
	 */
	public long residentBytes() throws IOException {
		return Files.readAllLines(Path.of("/proc/" + this.pid + "/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElseThrow(() -> new IOException("process " + this.pid + " has ended"));
	}

	/**
	 * How many files and sockets it has open.
	 * @return the number
	 * @throws IOException if it is gone
	 */
	public long openFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/" + this.pid + "/fd"))) {
			return files.count();
		}
	}

}
