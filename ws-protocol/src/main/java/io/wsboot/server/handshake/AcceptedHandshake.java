package io.wsboot.server.handshake;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.session.Session;
import io.wsboot.server.session.SessionContext;
import io.wsboot.server.session.SessionLink;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that has been accepted: what a session is made of. Room for the session is
 * reserved; the session's end gives the room back, or {@link #giveBack} if there will be
 * no session.
 *
 * @param endpoint the endpoint
 * @param request the request as the endpoint sees it
 * @param decision the endpoint's decision
 * @param peer the identity that the client has proved before the handshake; null if none
 * @param server what all sessions share
 */
public record AcceptedHandshake(EndpointSessions endpoint, HandshakeRequest request, Accept decision,
		@Nullable Principal peer, SessionContext server) {

	/**
	 * An accepted handshake.
	 * @param decision the endpoint's decision, to which another server may add
	 */
	static AcceptedHandshake of(EndpointSessions endpoint, HandshakeRequest request, Accept decision,
			HandshakeLink link, SessionContext server) {
		UpgradeRequest upgrade = link.upgrade();
		return new AcceptedHandshake(endpoint, request, (upgrade != null) ? complete(decision, upgrade) : decision,
				link.peer(), server);
	}

	/** Adds to a decision what another server knows about the session. */
	private static Accept complete(Accept decision, UpgradeRequest upgrade) {
		Map<String, Object> attributes = new HashMap<>(upgrade.attributes());
		attributes.putAll(decision.attributes());
		String subprotocol = (decision.subprotocol() != null) ? decision.subprotocol() : upgrade.subprotocol();
		return new Accept(subprotocol, decision.headers(), attributes, decision.principal(), decision.expiry());
	}

	/**
	 * The same handshake with another object for the same client's address, so that a
	 * session does not keep an address beside the one of its socket.
	 */
	public AcceptedHandshake withClient(@Nullable InetSocketAddress client) {
		if (client == this.request.remoteAddress()) {
			return this;
		}
		HandshakeRequest same = new HandshakeRequest(this.request.path(), this.request.query(), this.request.headers(),
				this.request.pathVariables(), client);
		return new AcceptedHandshake(this.endpoint, same, this.decision, this.peer, this.server);
	}

	/** How the endpoint takes messages. */
	public EndpointOptions options() {
		return this.endpoint.endpoint().options();
	}

	/** The limits of frames and messages. */
	public ProtocolLimits limits() {
		return this.endpoint.endpoint().policy().protocol();
	}

	/** The principal that the session will have; null if the client is anonymous. */
	@Nullable Principal principal() {
		return (this.decision.principal() != null) ? this.decision.principal() : this.peer;
	}

	/** Makes the session, which is not open yet. */
	public OpenPhase session(SessionLink link) {
		return new OpenPhase(new Session(this.endpoint, this.request, this.decision, principal(), link, this.server));
	}

	/** Reserves what only accepted handshakes need; false if a limit forbids. */
	boolean addPrincipal() {
		return this.server.capacity().addPrincipal(principal());
	}

	/** Gives back what {@link #addPrincipal} has reserved. */
	void removePrincipal() {
		this.server.capacity().removePrincipal(principal());
	}

	/** Gives all room back, as there will be no session. */
	public void giveBack() {
		this.endpoint.finished();
		this.server.capacity().removeSession(IpAddress.of(this.request.remoteAddress()));
		removePrincipal(); // last, as a principal may throw
	}

}
