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
 * The sessions of one endpoint, and their statistics. An endpoint that has been removed
 * retires when its last session has ended. Any thread.
 *
 * <pre>
 * served -- remove() --&gt; removed -- the last session ends --&gt; retired
 * </pre>
 */
public final class EndpointSessions implements EndpointStats, InboundEndpoint {

	/** The value of {@link #unfinished} of a retired endpoint. */
	private static final int RETIRED = Integer.MIN_VALUE;

	private final Endpoint endpoint;

	/** The endpoint's callbacks, which each message needs. */
	private final CallbackChain callbacks;

	private final Traffic traffic;

	private final ConcurrentMap<SessionId, Session> sessions = new ConcurrentHashMap<>();

	private final PathVariableIndex<Session> byVariable = new PathVariableIndex<>();

	/**
	 * How many sessions have not had their last callback; {@link #RETIRED} at the end.
	 */
	private final AtomicInteger unfinished = new AtomicInteger();

	/** The removal of the endpoint; null while the endpoint is served. */
	private volatile @Nullable Removal removal;

	EndpointSessions(Endpoint endpoint, int loops) {
		this.endpoint = endpoint;
		this.callbacks = endpoint.callbacks();
		this.traffic = new Traffic(loops);
	}

	/** The definition of the endpoint. */
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

	/** The counters of the endpoint's frames. */
	Traffic traffic() {
		return this.traffic;
	}

	/**
	 * Counts a session that is about to open; {@link #begun} or {@link #finished} must
	 * follow.
	 * @return false if the endpoint has been removed, so that no session may open
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

	/** Whether the endpoint has been removed, so that no session may open. */
	public boolean isRemoved() {
		return this.removal != null;
	}

	/** Publishes a session that has opened. */
	void begun(Session session) {
		this.sessions.put(session.key(), session);
		this.byVariable.add(session);
		Removal removal = this.removal;
		if (removal != null) { // which may have come too early to see this session
			removal.close(session);
		}
	}

	@Override
	public void finished() {
		this.unfinished.decrementAndGet();
		retireIfFinished();
	}

	/** Whether all sessions that have opened have had their last callback. */
	public boolean isFinished() {
		return this.unfinished.get() <= 0;
	}

	/**
	 * Lets no further session open.
	 * @param status closes the open sessions; null if the sessions may go on
	 * @param retired called once, when the last session has ended
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

	/** Withdraws a session that has ended. */
	void ended(Session session) {
		this.sessions.remove(session.key());
		this.byVariable.remove(session);
	}

	/** The open session with an id; null if there is none. */
	@Nullable Session find(SessionId id) {
		return this.sessions.get(id);
	}

	/** The open sessions; the collection changes as sessions come and go. */
	public Collection<Session> all() {
		return this.sessions.values();
	}

	/**
	 * The open sessions with a path variable; the collection changes like {@link #all}.
	 */
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
				session.output().compressed(), session.link().carrier());
	}

	/**
	 * The time since a moment. A loop's time may be a little ahead of the time that
	 * another thread has just read.
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

	/** A removal of the endpoint, see {@link EndpointSessions#remove}. */
	private record Removal(@Nullable CloseStatus status, Consumer<EndpointSessions> retired) {

		void close(Session session) {
			if (this.status != null) {
				session.close(this.status);
			}
		}

	}

}
