package io.wsboot.server.session;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.server.config.InboundOptions;
import io.wsboot.server.endpoint.Endpoint;
import io.wsboot.server.endpoint.Traffic;
import io.wsboot.server.inbound.ExecutionPlan;
import io.wsboot.server.inbound.InboundEndpoint;
import io.wsboot.server.session.PathVariableIndex.Variable;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.SessionStats;
import io.wsboot.server.spi.SessionStats.State;
import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import io.wsboot.server.spi.WsServerStats.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one endpoint, and what is counted of them. An endpoint that is removed
 * retires when its last session has ended. Any thread.
 *
 * <pre>
 * served --- remove ---&gt; removed --- last session ends ---&gt; retired
 * </pre>
 */
public final class EndpointSessions implements EndpointStats, InboundEndpoint {

	/** The value of {@link #unfinished} of a retired endpoint. */
	private static final int RETIRED = Integer.MIN_VALUE;

	private final Endpoint endpoint;

	/** The endpoint's own, at hand for each message. */
	private final CallbackChain callbacks;

	private final Traffic traffic;

	private final ConcurrentMap<SessionId, Session> sessions = new ConcurrentHashMap<>();

	private final PathVariableIndex<Session> byVariable = new PathVariableIndex<>();

	/** Sessions whose handler has not come to its end. */
	private final AtomicInteger unfinished = new AtomicInteger();

	/** Null while the endpoint is served. */
	private volatile @Nullable Removal removal;

	EndpointSessions(Endpoint endpoint, int loops) {
		this.endpoint = endpoint;
		this.callbacks = endpoint.callbacks();
		this.traffic = new Traffic(loops);
	}

	public Endpoint endpoint() {
		return this.endpoint;
	}

	@Override
	public CallbackChain callbacks() {
		return this.callbacks;
	}

	@Override
	public EndpointOptions options() {
		return this.endpoint.options();
	}

	@Override
	public ExecutionPlan plan() {
		return this.endpoint.plan();
	}

	@Override
	public InboundOptions limits() {
		return this.endpoint.policy().inbound();
	}

	Traffic traffic() {
		return this.traffic;
	}

	/**
	 * A handshake is about to be accepted; {@link #begun} or {@link #finished} follows.
	 * @return false if the endpoint has been removed, so that there must be no session
	 */
	public boolean tryBegin() {
		int sessions;
		do {
			sessions = this.unfinished.get();
			if (sessions == RETIRED || this.removal != null) {
				return false;
			}
		}
		while (!this.unfinished.compareAndSet(sessions, sessions + 1));
		return true;
	}

	/** A session has been opened. */
	void begun(Session session) {
		this.sessions.put(session.key(), session);
		this.byVariable.add(session);
		Removal removal = this.removal;
		if (removal != null) { // the removal may have come too early to see this session
			removal.close(session);
		}
	}

	@Override
	public void finished() {
		this.unfinished.decrementAndGet();
		retireIfFinished();
	}

	/** Whether every session that was opened has had its last callback. */
	public boolean isFinished() {
		return this.unfinished.get() <= 0;
	}

	/**
	 * Opens no further sessions.
	 * @param status closes the open sessions; null if they may go on
	 * @param retired told once, when the last session has ended
	 */
	void remove(@Nullable CloseStatus status, Consumer<EndpointSessions> retired) {
		Removal removal = new Removal(status, retired);
		this.removal = removal;
		this.sessions.values().forEach(removal::close);
		retireIfFinished();
	}

	private void retireIfFinished() {
		Removal removal = this.removal;
		if (removal != null && this.unfinished.compareAndSet(0, RETIRED)) {
			removal.retired().accept(this);
		}
	}

	/** A session has ended, and is in no view any more. */
	void ended(Session session) {
		this.sessions.remove(session.key());
		this.byVariable.remove(session);
	}

	/** The open session of an id; null if there is none. */
	@Nullable Session find(SessionId id) {
		return this.sessions.get(id);
	}

	/** The open sessions; the collection changes as they come and go. */
	public Collection<Session> all() {
		return this.sessions.values();
	}

	/** The open sessions that have a path variable; the collection changes as well. */
	Collection<Session> with(Variable variable) {
		return this.byVariable.get(variable);
	}

	/** The statistics of a session as they are now. */
	SessionStats statsOf(Session session) {
		State state = session.isOpen() ? State.OPEN
				: this.sessions.containsKey(session.key()) ? State.CLOSING : State.CLOSED;
		long now = session.server().clock().nanoTime();
		SessionCounts counts = session.counts();
		int roundTrip = counts.roundTrip();
		return new SessionStats(state, since(session.link().since(), now), since(session.link().heardAt(), now),
				(roundTrip > 0) ? Duration.of(roundTrip, ChronoUnit.MICROS) : null, counts.messagesIn(),
				counts.bytesIn(), counts.messagesOut(), counts.bytesOut(), session.inbound().pending(),
				session.queuedBytes(), session.output().outbound().watermarks().isCongested(),
				session.output().compressed());
	}

	/**
	 * A loop's time may be a little ahead of the time that another thread has just read.
	 */
	private static Duration since(long then, long now) {
		return Duration.ofNanos(Math.max(0, now - then));
	}

	@Override
	public String path() {
		return this.endpoint.path();
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

	/** See {@link EndpointSessions#remove}. */
	private record Removal(@Nullable CloseStatus status, Consumer<EndpointSessions> retired) {

		void close(Session session) {
			if (this.status != null) {
				session.close(this.status);
			}
		}

	}

}
