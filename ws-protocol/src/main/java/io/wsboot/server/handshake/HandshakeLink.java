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
 * The connection whose opening handshake is decided and answered. The connection belongs
 * to the server's own listener, or to another server that has read the request. All
 * methods run on the connection's loop, unless their description says otherwise.
 */
public interface HandshakeLink {

	/** The link of the session, if the handshake leads to a session. Any thread. */
	SessionLink session();

	/** Whether the connection has ended, so that nobody waits for an answer. */
	boolean isGone();

	/** The peer, or the client that a trusted proxy names; null if unknown. */
	@Nullable InetSocketAddress remoteAddress();

	/** Whether a proxy has connected without naming its client. */
	boolean hidesClient();

	/** The identity that the client has proved inside TLS; null if none. Any thread. */
	@Nullable Principal peer();

	/**
	 * Begins an answer, possibly long after the request has been read.
	 * @return passed to {@link #endAnswer}
	 */
	boolean beginAnswer();

	/**
	 * Ends an answer: response and first frames leave in one write.
	 * @param begun what {@link #beginAnswer} has returned
	 */
	void endAnswer(boolean begun);

	/**
	 * Accepts the handshake.
	 * @param options how the endpoint takes messages
	 * @param limits bound frames and messages
	 * @param session told of frames from here on
	 * @return what client and server have agreed on
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

	/** The session is open, and hears of the end of the connection from here on. */
	void opened(OpenPhase session);

	/** Ends the connection behind the answer. */
	void end();

}
