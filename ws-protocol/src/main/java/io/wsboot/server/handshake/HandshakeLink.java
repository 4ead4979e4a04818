package io.wsboot.server.handshake;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.Headers;
import io.wsboot.protocol.Agreement;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.session.SessionLink;
import org.jspecify.annotations.Nullable;

/**
 * The connection whose opening handshake is judged and answered: one of the server's own
 * listener, or of another server that has read the request. On the connection's loop,
 * unless a description says otherwise.
 */
public interface HandshakeLink {

	/** Carries the session, if the handshake leads to one. Any thread. */
	SessionLink session();

	/** Whether the connection has ended, so that nobody waits for an answer. */
	boolean isGone();

	/** The other end, or the client that a trusted proxy names; null if unknown. */
	@Nullable InetSocketAddress remoteAddress();

	/** Whether a proxy has connected without naming its client. */
	boolean hidesClient();

	/** Who the client has proved to be inside TLS; null if nobody. Any thread. */
	@Nullable Principal peer();

	/**
	 * Begins an answer outside of the turn in which the request was read.
	 * @return passed to {@link #endAnswer}
	 */
	boolean beginAnswer();

	/** Ends an answer, which leaves in one piece with what follows it. */
	void endAnswer(boolean begun);

	/**
	 * Accepts the handshake.
	 * @param session is told of frames from here on
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	Agreement accept(Accept decision, EndpointOptions options, ProtocolLimits limits, OpenPhase session);

	/**
	 * Refuses the handshake.
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	void refuse(Refuse decision);

	/** Answers a request that is no handshake. */
	void answer(int status, Headers fields);

	/** The session is open, and is told of the end of the connection from here on. */
	void opened(OpenPhase session);

	/** Closes the connection behind the answer. */
	void end();

}
