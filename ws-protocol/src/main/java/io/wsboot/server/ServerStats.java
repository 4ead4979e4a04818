package io.wsboot.server;

import java.time.Duration;
import java.util.List;

import io.wsboot.server.connection.ScratchMemory;
import io.wsboot.server.handshake.WorkerShortage;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.overload.MemoryBudget;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.session.Endpoints;
import io.wsboot.server.session.Session;
import io.wsboot.server.spi.WsServerStats;

/**
 * Reads the server's counts in the objects that keep them.
 *
 * @param registered the endpoints
 * @param eventLoops the loops
 * @param scratches the working memory of the loops
 * @param compressors the zlib states of outgoing messages
 * @param pending the budget of input that has not been handled
 * @param observer counts refusals
 * @param shortage counts handshakes without a worker
 */
record ServerStats(Endpoints registered, List<EventLoop> eventLoops, List<ScratchMemory> scratches,
		Compressors compressors, MemoryBudget pending, GuardedObservers observer,
		WorkerShortage shortage) implements WsServerStats {

	@Override
	public List<EndpointStats> endpoints() {
		return List.copyOf(this.registered.all());
	}

	@Override
	public long queuedBytes() {
		long sum = 0;
		for (EndpointSessions endpoint : this.registered.all()) {
			for (Session session : endpoint.all()) {
				sum += session.queuedBytes();
			}
		}
		return sum;
	}

	@Override
	public long pendingBytes() {
		return this.pending.held();
	}

	@Override
	public double loopBusy(int loop) {
		return this.eventLoops.get(loop).load();
	}

	@Override
	public boolean isLoopAlive(int loop) {
		return this.eventLoops.get(loop).isAlive();
	}

	@Override
	public long refused() {
		return this.observer.refused();
	}

	@Override
	public long handshakesWithoutWorker() {
		return this.shortage.refused();
	}

	@Override
	public Duration workersBusy() {
		return this.shortage.lasting();
	}

	@Override
	public int compressionStates() {
		int states = this.compressors.held();
		for (ScratchMemory memory : this.scratches) {
			states += memory.scratch().inflatersHeld();
		}
		return states;
	}

	@Override
	public int loops() {
		return this.eventLoops.size();
	}

}
