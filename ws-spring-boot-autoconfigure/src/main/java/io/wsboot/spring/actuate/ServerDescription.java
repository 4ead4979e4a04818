package io.wsboot.spring.actuate;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerStats;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The server as it is now.
 *
 * @param state whether the server takes sessions
 * @param port the TCP port that clients use, null if no server runs, or the server
 * listens on a Unix-domain socket
 * @param scheme {@code ws} or {@code wss}, null if no server runs
 * @param endpoints the endpoints, in the order of registration
 * @param loops the event loops
 * @param refused connections and handshakes that were refused since the start
 * @param queuedBytes bytes that wait for slow clients, over all sessions
 * @param pendingBytes memory held for what has arrived and has not been handled, in bytes
 * @param logged ids of the sessions whose traffic is logged
 * @param limits the limits in force, null if no server runs
 * @param sessions a page of the selected sessions
 */
public record ServerDescription(State state, @Nullable Integer port, @Nullable String scheme,
		List<EndpointDescription> endpoints, List<LoopDescription> loops, long refused, long queuedBytes,
		long pendingBytes, Set<String> logged, @Nullable LimitsDescription limits, SessionPage sessions) {

	static final ServerDescription STOPPED = new ServerDescription(State.STOPPED, null, null, List.of(), List.of(), 0,
			0, 0, Set.of(), null, SessionPage.EMPTY);

	static ServerDescription of(WsServer server, ServerPlace place, boolean draining, SessionPage sessions) {
		List<EndpointDescription> endpoints = server.stats().endpoints().stream().map(EndpointDescription::of).toList();
		List<LoopDescription> loops = IntStream.range(0, server.stats().loops())
			.mapToObj((loop) -> LoopDescription.of(server.stats(), loop))
			.toList();
		return new ServerDescription(draining ? State.DRAINING : State.RUNNING,
				(place.port() > 0) ? place.port() : null, place.scheme(), endpoints, loops, server.stats().refused(),
				server.stats().queuedBytes(), server.stats().pendingBytes(), server.trafficLog().sessions(),
				LimitsDescription.of(server.options()), sessions);
	}

	/** Whether the server takes sessions. */
	public enum State {

		/** No server runs. */
		STOPPED,

		/** The server takes sessions. */
		RUNNING,

		/** It is about to stop: new handshakes are answered with 503. */
		DRAINING

	}

	/**
	 * One event loop.
	 *
	 * @param alive whether the loop serves its connections; false if its thread has ended
	 * or is stuck in a handler
	 * @param busy the share of time that the loop was busy since the last read, 0.0 to
	 * 1.0
	 */
	public record LoopDescription(boolean alive, double busy) {

		static LoopDescription of(WsServerStats stats, int loop) {
			return new LoopDescription(stats.isLoopAlive(loop), stats.loopBusy(loop));
		}

	}

	/**
	 * One endpoint.
	 *
	 * @param path the path, as registered
	 * @param sessions open sessions
	 * @param messagesIn text and binary messages received since the start
	 * @param messagesOut text and binary messages sent since the start
	 */
	public record EndpointDescription(String path, long sessions, long messagesIn, long messagesOut) {

		static EndpointDescription of(EndpointStats stats) {
			return new EndpointDescription(stats.path(), stats.connections(), messages(stats, Direction.IN),
					messages(stats, Direction.OUT));
		}

		private static long messages(EndpointStats stats, Direction direction) {
			return stats.messages(direction, MessageType.TEXT) + stats.messages(direction, MessageType.BINARY);
		}

	}

}
