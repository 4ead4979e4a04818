package io.wsboot.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;

/**
 * What only the process itself knows. Asked line by line: {@code allocated} for the bytes
 * that all its threads have allocated, {@code heap} for the bytes that live after a
 * collection; {@code profile} begins a profile, {@code profiled} ends it and counts its
 * samples, and the name of a {@link CpuUse} those of that kind.
 *
 * @param in asks
 * @param out is answered
 */
record Instruments(InputStream in, PrintStream out) {

	void serve(int port) throws IOException {
		answer("port " + port);
		BufferedReader questions = new BufferedReader(new InputStreamReader(this.in, StandardCharsets.US_ASCII));
		CpuProfile profile = new CpuProfile();
		for (String question = questions.readLine(); question != null; question = questions.readLine()) {
			answer(switch (question) {
				case "allocated" -> "allocated " + allocated();
				case "heap" -> "heap " + heap();
				case "profile" -> "profile " + begin(profile);
				case "profiled" -> "profiled " + profile.stop();
				default -> question + " " + profile.samples(CpuUse.valueOf(question));
			});
		}
	}

	private static long begin(CpuProfile profile) {
		profile.start();
		return 0;
	}

	private void answer(String answer) {
		this.out.println(answer);
		this.out.flush();
	}

	/**
	 * Virtual threads are not among the threads: what they allocate is their carriers'.
	 * This thread allocates for its answers only.
	 */
	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long own = Thread.currentThread().getId();
		long[] others = Arrays.stream(threads.getAllThreadIds()).filter((id) -> id != own).toArray();
		return Arrays.stream(threads.getThreadAllocatedBytes(others)).map((bytes) -> Math.max(bytes, 0)).sum();
	}

	private static long heap() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
