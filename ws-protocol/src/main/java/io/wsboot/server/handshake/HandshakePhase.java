package io.wsboot.server.handshake;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.admission.ForwardedClient;
import io.wsboot.server.admission.RefusalLog;
import io.wsboot.server.admission.UnfinishedHandshake;
import io.wsboot.server.endpoint.Endpoint;
import io.wsboot.server.endpoint.Router;
import io.wsboot.server.handshake.HealthPath.HealthAnswer;
import io.wsboot.server.loop.Log;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.session.Session;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.ErrorKind;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * From the first byte to the answer: finds the endpoint, applies the server's policies,
 * lets the handler decide, and answers. On the connection's loop, but for the handler's
 * decision.
 */
public final class HandshakePhase {

	private static final Log LOG = new Log();

	private final HandshakeLink link;

	private final HandshakeContext server;

	/** This one, as it is counted. */
	private final UnfinishedHandshake unfinished;

	/** As it was read; null until then. */
	private @Nullable HandshakeRequest request;

	/** From the request on: who it comes from. */
	private @Nullable ForwardedClient client;

	/** From the request on, if its path is an endpoint's. */
	private @Nullable EndpointSessions endpoint;

	/** From the moment on that the endpoint is asked. */
	private @Nullable HandshakeDecider decider;

	/** Whether room has been taken for a session that is not open yet. */
	private boolean admitted;

	private boolean answered;

	private boolean timedOut;

	public HandshakePhase(HandshakeLink link, HandshakeContext server, UnfinishedHandshake unfinished) {
		this.link = link;
		this.server = server;
		this.unfinished = unfinished;
	}

	/** The protocol has refused what was no HTTP. */
	public void malformed(Refuse refusal) {
		this.server.observer().error(ErrorKind.PROTOCOL);
		refused(refusal);
	}

	public void request(String method, HandshakeRequest request, @Nullable Refuse fault) {
		if (this.server.health().isAt(request.path())) {
			probed(this.server.health().answer(method));
			return;
		}
		this.request = request;
		Router.Match<EndpointSessions> match = this.server.endpoints().find(request.path());
		if (match == null) {
			refuse(HandshakeDecision.refuse(404).withReason("no endpoint has this path"));
			return;
		}
		this.endpoint = match.target();
		ForwardedClient client = client(request);
		this.client = client;
		Refuse refusal = (fault != null) ? fault : judge(request, client);
		if (refusal != null) {
			refuse(refusal);
			return;
		}
		decide(match.target(), routed(request, match, client));
	}

	private ForwardedClient client(HandshakeRequest request) {
		InetSocketAddress address = this.link.remoteAddress();
		return this.link.hidesClient() ? new ForwardedClient(address, null)
				: ForwardedClient.of(address, request.headers(), this.server.proxies());
	}

	/** A probe is no handshake: neither counted nor logged. */
	private void probed(HealthAnswer answer) {
		this.link.answer(answer.status(), answer.fields());
		this.answered = true;
		this.link.end();
	}

	private HandshakeRequest routed(HandshakeRequest request, Router.Match<EndpointSessions> match,
			ForwardedClient client) {
		// the same for all sessions if there are no variables in it
		String path = match.target().path().equals(request.path()) ? match.target().path() : request.path();
		return new HandshakeRequest(path, request.query(), request.headers(), match.pathVariables(), client.address());
	}

	/** The policies that no handler has to think of. */
	private @Nullable Refuse judge(HandshakeRequest request, ForwardedClient client) {
		if (!this.server.origins().allows(request.headers(), client.host())) {
			return HandshakeDecision.refuse(403).withReason("the origin is not allowed (RFC 6455 §10.2)");
		}
		if (this.server.capacity().isDraining()) {
			return Refusals.DRAINING;
		}
		Limit limit = this.server.capacity().addSession(IpAddress.of(client.address()), this.server.clock().nanoTime());
		this.admitted = limit == null;
		return (limit == null) ? null : limited(limit, 503);
	}

	private Refuse limited(Limit limit, int status) {
		this.server.observer().limited(limit);
		return Refusals.tryLater(status).withReason("limit: " + limit);
	}

	private void decide(EndpointSessions endpoint, HandshakeRequest request) {
		this.decider = new HandshakeDecider(this.link, this.server, endpoint.endpoint(), request,
				(decision) -> answer(endpoint, request, decision));
		this.decider.begin();
	}

	private void answer(EndpointSessions endpoint, HandshakeRequest request, HandshakeDecision decision) {
		if (this.link.isGone() || this.answered) {
			release(); // the client could not wait
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

	private void accept(EndpointSessions endpoint, HandshakeRequest request, Accept decision) {
		Session session = new Session(endpoint, request, decision, this.link.peer(), this.link.session(),
				this.server.sessions());
		OpenPhase open = new OpenPhase(session);
		Principal principal = session.principal().orElse(null);
		if (!this.server.capacity().addPrincipal(principal)) {
			refuse(limited(Limit.CONNECTIONS_PER_PRINCIPAL, 429));
			return;
		}
		if (!endpoint.tryBegin()) {
			this.server.capacity().removePrincipal(principal);
			refuse(HandshakeDecision.refuse(404).withReason("the endpoint has been removed"));
			return;
		}
		try {
			Endpoint definition = endpoint.endpoint();
			session.agreed(this.link.accept(decision, definition.options(), definition.policy().protocol(), open));
		}
		catch (RuntimeException | Error ex) {
			endpoint.finished();
			this.server.capacity().removePrincipal(principal);
			if (ex instanceof IllegalArgumentException unanswerable) {
				unanswerable(unanswerable);
				return;
			}
			throw ex;
		}
		this.link.opened(open); // which gives back from here on what was taken
		this.admitted = false;
		this.server.capacity().finish(this.unfinished);
		answered(101);
		open.begin(decision.expiry());
	}

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

	/** The answer is on its way, and the end behind it. */
	private void refused(Refuse refusal) {
		RefusalLog.refused(refusal, this.request, clientAddress());
		answered(refusal.status());
		this.link.end();
	}

	private @Nullable InetSocketAddress clientAddress() {
		return (this.client != null) ? this.client.address() : this.link.remoteAddress();
	}

	private void unanswerable(IllegalArgumentException cause) {
		LOG.log(Level.ERROR, () -> "a decision about a handshake for " + path() + " makes no valid response", cause);
		refuse(HandshakeDecision.refuse(500).withReason("the decision makes no valid response"));
	}

	private void answered(int status) {
		endDecision();
		this.server.observer().handshake(path(), status, this.server.clock().nanoTime() - this.link.session().since());
	}

	/** The endpoint's, as it was registered. */
	private String path() {
		return (this.endpoint != null) ? this.endpoint.path() : WsServerObserver.UNKNOWN_ENDPOINT;
	}

	/** The client has taken too long, and the connection is about to be dropped. */
	public void timedOut() {
		this.timedOut = true;
	}

	/** The connection is gone. */
	public void gone() {
		release();
		this.server.capacity().finish(this.unfinished);
		if (this.timedOut && !this.answered) {
			RefusalLog.refused(Refusals.TIMED_OUT, this.request, clientAddress());
			answered(Refusals.TIMED_OUT.status());
		}
		endDecision();
	}

	private void endDecision() {
		this.answered = true;
		if (this.decider != null) {
			this.decider.end();
		}
	}

	private void release() {
		if (this.admitted && this.client != null) {
			this.admitted = false;
			this.server.capacity().removeSession(IpAddress.of(this.client.address()));
		}
	}

}
