package io.wsboot.server;

import java.security.Principal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.MessageDelivery;
import io.wsboot.WsHandler;
import io.wsboot.server.WsServerObserver.HandlerCallback;
import io.wsboot.server.WsServerStats.Direction;
import io.wsboot.server.WsServerStats.EndpointStats;
import io.wsboot.server.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a running server: its handler, its open sessions and its counts.
 */
final class Endpoint implements EndpointStats {

	private final String path;

	private final WsHandler handler;

	private final Interceptors interceptors;

	private final CallbackChain callbacks;

	private final EndpointOptions options;

	private final EndpointPolicy policy;

	private final SessionRates rates;

	private final boolean onLoop;

	private final boolean askedOnLoop;

	/** Whether text and binary messages come on the loop. */
	private final boolean textOnLoop;

	private final boolean binaryOnLoop;

	private final Traffic traffic;

	private final ConcurrentMap<SessionId, Session> sessions = new ConcurrentHashMap<>();

	/** Sessions whose handler has not come to its end. */
	private final AtomicInteger unfinished = new AtomicInteger();

	Endpoint(String path, WsHandler handler, EndpointOptions options, EndpointPolicy server, Interceptors interceptors,
			Execution byDefault, int loops) {
		this.path = path;
		this.handler = handler;
		this.interceptors = interceptors;
		this.callbacks = interceptors.around(handler);
		this.options = options;
		this.policy = EndpointPolicy.of(path, options.limits(), server);
		this.rates = SessionRates.of(this.policy.inbound());
		Execution execution = (options.execution() == Execution.AUTO) ? byDefault : options.execution();
		this.onLoop = execution == Execution.EVENT_LOOP;
		this.askedOnLoop = interceptors.areAskedOnLoop(handler, options.handshakeExecution(), this.onLoop);
		this.textOnLoop = isOnLoop(options.text());
		this.binaryOnLoop = isOnLoop(options.binary());
		if (this.textOnLoop && isStream(options.text()) || this.binaryOnLoop && isStream(options.binary())) {
			throw new IllegalArgumentException("the endpoint at " + path
					+ " reads messages from streams, which waits for the peer, so it needs Execution.WORKER");
		}
		requireWorkers(path, options, !this.onLoop && !this.textOnLoop && !this.binaryOnLoop);
		this.traffic = new Traffic(loops);
	}

	private static void requireWorkers(String path, EndpointOptions options, boolean workers) {
		if (options.concurrency() > 1 && !workers) {
			throw new IllegalArgumentException("the endpoint at " + path
					+ " handles messages of a session at the same time, so all of it needs Execution.WORKER");
		}
	}

	private boolean isOnLoop(MessageDelivery delivery) {
		return (delivery.execution() == Execution.AUTO) ? this.onLoop : delivery.execution() == Execution.EVENT_LOOP;
	}

	private static boolean isStream(MessageDelivery delivery) {
		return delivery.form() == MessageDelivery.Form.STREAM;
	}

	/**
	 * A handshake on its way to the handler.
	 * @param mayBlock runs what may block
	 */
	HandshakeChain handshake(@Nullable Principal peer, Executor mayBlock) {
		return new HandshakeStep(this, mayBlock, peer, this.interceptors.handshakes());
	}

	/** Whether handshakes are decided on the event loop. */
	boolean isAskedOnLoop() {
		return this.askedOnLoop;
	}

	WsHandler handler() {
		return this.handler;
	}

	/** What calls the handler. */
	CallbackChain callbacks() {
		return this.callbacks;
	}

	EndpointOptions options() {
		return this.options;
	}

	/** What its sessions may cost. */
	EndpointPolicy policy() {
		return this.policy;
	}

	/** How much may come in from each of its sessions. */
	SessionRates rates() {
		return this.rates;
	}

	/** Whether callbacks run on event loops, unless they say otherwise. */
	boolean onLoop() {
		return this.onLoop;
	}

	/** Whether a callback may run on an event loop. */
	boolean onLoop(HandlerCallback callback) {
		return switch (callback) {
			case TEXT, TEXT_PART -> this.textOnLoop;
			case BINARY, BINARY_PART -> this.binaryOnLoop;
			case TEXT_STREAM, BINARY_STREAM -> false;
			default -> this.onLoop;
		};
	}

	/** Whether no callback needs the executor. */
	boolean onlyOnLoop() {
		return this.onLoop && this.textOnLoop && this.binaryOnLoop;
	}

	/** Whether some callbacks may run on an event loop, and some not. */
	boolean isMixed() {
		return !onlyOnLoop() && (this.onLoop || this.textOnLoop || this.binaryOnLoop);
	}

	Traffic traffic() {
		return this.traffic;
	}

	/** A session has been opened. */
	void begun(Session session) {
		this.unfinished.incrementAndGet();
		this.sessions.put(session.key(), session);
	}

	/** The last callback of a session has returned. */
	void finished() {
		this.unfinished.decrementAndGet();
	}

	/** Whether every session that was opened has had its last callback. */
	boolean isFinished() {
		return this.unfinished.get() == 0;
	}

	ConcurrentMap<SessionId, Session> sessions() {
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
