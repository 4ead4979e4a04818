package io.wsboot.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Linux knows of a process.
 *
 * @param pid the process
 */
public record OsProcess(long pid) {

	/** USER_HZ, which is 100 on every Linux. */
	private static final long NANOS_PER_TICK = 10_000_000L;

	/** A thread's number and name, which Linux cuts off. */
	private static final Pattern COMPILER = Pattern.compile("\\d+ \\(C[12] Compiler");

	private static final int USER_TIME = 11;

	private static final int SYSTEM_TIME = 12;

	/**
	 * Processor time of all its threads, those that have ended included (utime and stime
	 * of proc(5)).
	 * @return nanoseconds, in steps of 10 ms
	 * @throws IOException if it is gone
	 */
	public long cpuNanos() throws IOException {
		return cpuNanos(Files.readString(Path.of("/proc/" + this.pid + "/stat")));
	}

	/**
	 * The part of it that was not spent in the kernel (utime).
	 * @return nanoseconds, in steps of 10 ms
	 * @throws IOException if it is gone
	 */
	public long userNanos() throws IOException {
		return nanos(Files.readString(Path.of("/proc/" + this.pid + "/stat")), USER_TIME);
	}

	private static long cpuNanos(String stat) {
		return nanos(stat, USER_TIME) + nanos(stat, SYSTEM_TIME);
	}

	private static long nanos(String stat, int field) {
		return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field]) * NANOS_PER_TICK;
	}

	/**
	 * Processor time of the JVM's compilers, as far as their threads are still there.
	 * @return nanoseconds, in steps of 10 ms; 0 if it is no JVM
	 * @throws IOException if it is gone
	 */
	public long compilerNanos() throws IOException {
		long sum = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + this.pid + "/task"))) {
			for (Path thread : threads) {
				sum += compilerNanos(thread);
			}
		}
		return sum;
	}

	private static long compilerNanos(Path thread) throws IOException {
		try {
			String stat = Files.readString(thread.resolve("stat"));
			return COMPILER.matcher(stat).lookingAt() ? cpuNanos(stat) : 0;
		}
		catch (IOException ex) {
			if (Files.exists(thread)) {
				throw ex;
			}
			return 0; // it has just ended
		}
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
