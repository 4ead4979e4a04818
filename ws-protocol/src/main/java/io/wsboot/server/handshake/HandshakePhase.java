package io.wsboot.server.handshake;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.admission.ForwardedClient;
import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.admission.UnfinishedHandshake;
import io.wsboot.server.endpoint.Router;
import io.wsboot.server.handshake.HealthPath.HealthAnswer;
import io.wsboot.server.loop.Log;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.spi.WsServerObserver.Port;
import org.jspecify.annotations.Nullable;

/**
 * One opening handshake from the first byte of the request to the answer (RFC 6455 §4.2).
 * The connection's loop owns all fields and calls all methods; only the endpoint may
 * decide on a worker.
 *
 * <pre>
 *  request --&gt; health probe? --&gt; path? --&gt; well-formed? --&gt; origin? --&gt; draining? --&gt; room?
 *                   |              |            |              |           |           |
 *                  200, 405, 503  404          4xx            403         503         503
 *                                                                                      |
 *  101 &lt;-- room for the principal? &lt;-- accepted &lt;-- endpoint decides &lt;-----------------+
 *               |                                        |
 *              429                                 refused, 500, 503
 * </pre>
 *
 * A client that waits longer than the handshake timeout is dropped without an answer.
 */
public final class HandshakePhase {

	private static final Log LOG = new Log();

	private final HandshakeLink link;

	private final HandshakeContext server;

	/** This handshake, as {@code Capacity} counts it. */
	private final UnfinishedHandshake unfinished;

	/** The request as the client has sent it; null before. */
	private @Nullable HandshakeRequest request;

	/** The client behind trusted proxies; null before the request, or if unknown. */
	private @Nullable InetSocketAddress client;

	/** The endpoint of the path; null before the request, or if there is none. */
	private @Nullable EndpointSessions endpoint;

	/** Asks the endpoint; null before the endpoint is asked. */
	private @Nullable HandshakeDecider decider;

	/** Whether a session is counted that is not open yet. */
	private boolean admitted;

	private boolean answered;

	private boolean timedOut;

	/**
	 * The handshake of a connection that has just been accepted.
	 * @param unfinished the handshake as the server counts it
	 */
	public HandshakePhase(HandshakeLink link, HandshakeContext server, UnfinishedHandshake unfinished) {
		this.link = link;
		this.server = server;
		this.unfinished = unfinished;
	}

	/** The request was no valid HTTP, and the protocol has refused it. */
	public void malformed(Refuse refusal) {
		this.server.observer().error(ErrorKind.PROTOCOL);
		refused(refusal);
	}

	/**
	 * The request has been read.
	 * @param method the method, a token
	 * @param fault the refusal of an improper opening handshake; null if the request is
	 * proper
	 */
	public void request(String method, HandshakeRequest request, @Nullable Refuse fault) {
		if (this.server.health().isAt(request.path())) {
			probed(this.server.health().answer(method));
		}
		else {
			route(request, fault);
		}
	}

	/**
	 * Finds the endpoint of a request, and judges the origin.
	 * @param fault the refusal of an improper opening handshake; null if the request is
	 * proper
	 */
	public void route(HandshakeRequest request, @Nullable Refuse fault) {
		this.request = request;
		Router.Match<EndpointSessions> match = this.server.endpoints().find(request.path());
		if (match == null) {
			refuse(HandshakeDecision.refuse(404).withReason("no endpoint has this path"));
			return;
		}
		ForwardedClient client = this.link.client(request, this.server.proxies());
		Refuse refusal = (fault != null || this.server.origins().allows(request.headers(), client.host())) ? fault
				: HandshakeDecision.refuse(403).withReason("the origin is not allowed (RFC 6455 §10.2)");
		// without variables, all sessions share the endpoint's string
		String path = match.target().path().equals(request.path()) ? match.target().path() : request.path();
		request(match.target(),
				new HandshakeRequest(path, request.query(), request.headers(), match.pathVariables(), client.address()),
				refusal);
	}

	/**
	 * The request of another server, which has found the endpoint and judged the origin.
	 * @param request the request as the endpoint sees it
	 * @param fault the refusal of an improper opening handshake; null if the request is
	 * proper
	 */
	public void request(EndpointSessions endpoint, HandshakeRequest request, @Nullable Refuse fault) {
		this.request = request;
		this.endpoint = endpoint;
		this.client = request.remoteAddress();
		Refuse refusal = (fault != null) ? fault : endpoint.isRemoved() ? Refusals.REMOVED : admit();
		if (refusal != null) {
			refuse(refusal);
			return;
		}
		this.decider = new HandshakeDecider(this.link, this.server, endpoint.endpoint(), request,
				(decision) -> answer(endpoint, request, decision));
		this.decider.begin();
	}

	/** Answers a health probe, which is neither counted nor logged. */
	private void probed(HealthAnswer answer) {
		this.link.answer(answer.status(), answer.fields());
		this.answered = true;
		this.link.end();
	}

	/** Counts a session that may open; null if the endpoint may decide. */
	private @Nullable Refuse admit() {
		if (this.server.capacity().isDraining()) {
			return Refusals.DRAINING;
		}
		Limit limit = this.server.capacity().addSession(IpAddress.of(this.client), this.server.clock().nanoTime());
		this.admitted = limit == null;
		return (limit == null) ? null : limited(limit, 503);
	}

	/** Counts that a limit has been reached, and makes the refusal. */
	public Refuse limited(Limit limit, int status) {
		this.server.observer().limited(limit);
		return Refusals.tryLater(status).withReason("limit: " + limit);
	}

	/** Answers with the endpoint's decision. A repeated decision does nothing. */
	private void answer(EndpointSessions endpoint, HandshakeRequest request, HandshakeDecision decision) {
		if (this.link.isGone() || this.answered) {
			release(); // the decision comes too late
			return;
		}
		boolean begun = this.link.beginAnswer();
		try {
			if (decision instanceof Accept accept) {
				accept(endpoint, request, accept);
			}
			else {
				refuse((Refuse) decision);
			}
		}
		finally {
			this.link.endAnswer(begun);
		}
	}

	/** Opens the session, unless a last limit or the end of the endpoint forbids. */
	private void accept(EndpointSessions endpoint, HandshakeRequest request, Accept decision) {
		AcceptedHandshake accepted = AcceptedHandshake.of(endpoint, request, decision, this.link,
				this.server.sessions());
		if (!accepted.addPrincipal()) {
			refuse(limited(Limit.CONNECTIONS_PER_PRINCIPAL, 429));
			return;
		}
		if (!endpoint.tryBegin()) {
			accepted.removePrincipal();
			refuse(Refusals.REMOVED);
			return;
		}
		try {
			this.link.accept(accepted);
		}
		catch (RuntimeException | Error ex) {
			endpoint.finished();
			accepted.removePrincipal();
			if (ex instanceof IllegalArgumentException unanswerable) {
				unanswerable(unanswerable);
				return;
			}
			throw ex;
		}
		this.admitted = false; // from here on the session's end frees what is counted
		this.server.capacity().finish(this.unfinished);
		answered(101);
		this.link.begin(accepted);
	}

	/** Sends a refusal. */
	private void refuse(Refuse refusal) {
		try {
			this.link.refuse(refusal);
		}
		catch (IllegalArgumentException ex) {
			unanswerable(ex);
			return;
		}
		release();
		refused(refusal);
	}

	/** The refusal has been sent: the connection ends behind it. */
	private void refused(Refuse refusal) {
		RefusalLog.refused(refusal, this.request, clientAddress());
		answered(refusal.status());
		this.link.end();
	}

	/** The client's address, as far as it is known by now. */
	private @Nullable InetSocketAddress clientAddress() {
		return (this.client != null) ? this.client : this.link.remoteAddress();
	}

	/** Refuses with 500, as the endpoint's decision makes no valid response. */
	private void unanswerable(IllegalArgumentException cause) {
		LOG.log(Level.ERROR, () -> "a decision about a handshake for " + path() + " makes no valid response", cause);
		refuse(HandshakeDecision.refuse(500).withReason("the decision makes no valid response"));
	}

	/** The answer is final: tells the observer. */
	private void answered(int status) {
		endDecision();
		Port port = (this.link.upgrade() != null) ? Port.SHARED : Port.OWN;
		this.server.observer().handshake(path(), port, status, this.server.clock().nanoTime() - this.link.since());
	}

	/** The path of the endpoint as it was registered. */
	private String path() {
		return (this.endpoint != null) ? this.endpoint.path() : WsServerObserver.UNKNOWN_ENDPOINT;
	}

	/** The handshake timeout has passed, and the connection is about to be dropped. */
	public void timedOut() {
		this.timedOut = true;
	}

	/** The handshake timeout has passed, and another server can still answer. */
	public void late() {
		if (!this.answered) {
			refuse(Refusals.LATE);
		}
	}

	/** The connection is gone. May be called again. */
	public void gone() {
		release();
		this.server.capacity().finish(this.unfinished);
		if (this.timedOut && !this.answered) {
			RefusalLog.refused(Refusals.TIMED_OUT, this.request, clientAddress());
			answered(Refusals.TIMED_OUT.status());
		}
		endDecision();
	}

	/** No further decision counts. */
	private void endDecision() {
		this.answered = true;
		if (this.decider != null) {
			this.decider.end();
		}
	}

	/** Frees the room of a session that will not open. */
	private void release() {
		if (this.admitted) {
			this.admitted = false;
			this.server.capacity().removeSession(IpAddress.of(this.client));
		}
	}

}
