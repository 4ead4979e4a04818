package io.wsboot.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.WsHandler;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.EndpointStats;
import io.wsboot.server.WsServerStats.MessageType;

/**
 * One endpoint of a running server: its handler, its open sessions and its counts.
 */
final class Endpoint implements EndpointStats {

	private final String path;

	private final WsHandler handler;

	private final EndpointOptions options;

	private final EndpointPolicy policy;

	private final boolean onLoop;

	private final Traffic traffic;

	private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();

	/** Sessions whose handler has not come to its end. */
	private final AtomicInteger unfinished = new AtomicInteger();

	Endpoint(String path, WsHandler handler, EndpointOptions options, EndpointPolicy server, Execution byDefault,
			int loops) {
		this.path = path;
		this.handler = handler;
		this.options = options;
		this.policy = EndpointPolicy.of(options.limits(), server);
		Execution execution = (options.execution() == Execution.AUTO) ? byDefault : options.execution();
		this.onLoop = execution == Execution.EVENT_LOOP;
		if (this.onLoop && (isStream(options.text()) || isStream(options.binary()))) {
			throw new IllegalArgumentException("the endpoint at " + path
					+ " reads messages from streams, which waits for the peer, so it needs Execution.WORKER");
		}
		this.traffic = new Traffic(loops);
	}

	private static boolean isStream(MessageDelivery delivery) {
		return delivery.form() == MessageDelivery.Form.STREAM;
	}

	WsHandler handler() {
		return this.handler;
	}

	EndpointOptions options() {
		return this.options;
	}

	/** What its sessions may cost. */
	EndpointPolicy policy() {
		return this.policy;
	}

	/** Whether callbacks run on event loops rather than on the executor. */
	boolean onLoop() {
		return this.onLoop;
	}

	Traffic traffic() {
		return this.traffic;
	}

	/** A session has been opened. */
	void begun(Session session) {
		this.unfinished.incrementAndGet();
		this.sessions.put(session.id(), session);
	}

	/** The last callback of a session has returned. */
	void finished() {
		this.unfinished.decrementAndGet();
	}

	/** Whether every session that was opened has had its last callback. */
	boolean isFinished() {
		return this.unfinished.get() == 0;
	}

	ConcurrentMap<String, Session> sessions() {
		return this.sessions;
	}

	@Override
	public String path() {
		return this.path;
	}

	@Override
	public long connections() {
		return this.sessions.size();
	}

	@Override
	public long messages(Direction direction, MessageType type) {
		return this.traffic.messages(direction, type);
	}

	@Override
	public long bytes(Direction direction, MessageType type) {
		return this.traffic.bytes(direction, type);
	}

}
