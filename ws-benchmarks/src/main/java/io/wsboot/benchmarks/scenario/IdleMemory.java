package io.wsboot.benchmarks.scenario;

import java.io.IOException;
import java.util.Map;

import io.wsboot.benchmarks.load.Conversations;
import io.wsboot.benchmarks.load.Payloads;
import io.wsboot.benchmarks.load.Target;
import io.wsboot.benchmarks.process.ServerProcess;

/** What connections cost that are open and silent. */
final class IdleMemory {

	private static final int FIRST = 100;

	/** So many handshakes have been compiled, and have filled a young generation. */
	private static final int ROUNDS = 100;

	private static final int CONNECTIONS = 19_000;

	private IdleMemory() {
	}

	/**
	 * In a process that has done nothing yet. What it needs once is no connection's: few
	 * at a time come and go first, so that classes are loaded, the compiler has had its
	 * memory, and garbage has touched the young generation. The space that those which
	 * stay are about to need has not been touched then.
	 */
	static Map<Metric, Double> measure(Target target, ServerProcess server) throws IOException, InterruptedException {
		Payloads payloads = Payloads.random(false, 64);
		for (int i = 0; i < ROUNDS; i++) {
			try (Conversations passing = Conversations.open(target, FIRST, payloads)) {
				passing.checkOpen();
			}
			server.calmDown();
		}
		try (Conversations first = Conversations.open(target, FIRST, payloads)) {
			first.checkOpen();
			long heap = server.heap();
			long resident = server.os().residentBytes();
			try (Conversations idle = Conversations.open(target, CONNECTIONS, payloads)) {
				idle.checkOpen();
				double more = server.heap() - heap;
				double moreResident = server.os().residentBytes() - resident;
				idle.checkOpen();
				return Map.of(Metric.HEAP, more / CONNECTIONS, Metric.RESIDENT, moreResident / CONNECTIONS);
			}
		}
	}

}
