package io.wsboot.server.handshake;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.admission.ForwardedClient;
import io.wsboot.server.admission.TrustedProxies;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The connection whose opening handshake is decided and answered. The connection belongs
 * to the server's own listener, or to another server that has read the request. All
 * methods run on the connection's loop, unless their description says otherwise.
 */
public interface HandshakeLink {

	/** The connection's loop. Any thread. */
	EventLoop loop();

	/** Leaves a task for the loop; if the task throws, the handshake ends. Any thread. */
	void execute(Runnable task);

	/** Has the loop end the handshake; never throws. Any thread. */
	void abandon();

	/** When the handshake began, in nanoseconds of the server's clock. Any thread. */
	long since();

	/** Whether the connection has ended, so that nobody waits for an answer. */
	boolean isGone();

	/** The peer, or the client that a trusted proxy names; null if unknown. */
	@Nullable InetSocketAddress remoteAddress();

	/**
	 * The client that a request comes from.
	 * @param proxies which peers may say whom they connect for
	 */
	ForwardedClient client(HandshakeRequest request, TrustedProxies proxies);

	/** The identity that the client has proved before the handshake; null if none. */
	@Nullable Principal peer();

	/** The request of another server; null for the server's own listener. Any thread. */
	@Nullable UpgradeRequest upgrade();

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
	 * @param accepted makes the session
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	void accept(AcceptedHandshake accepted);

	/**
	 * Refuses the handshake; {@link #end} follows.
	 * @throws IllegalArgumentException if the decision makes no valid response
	 */
	void refuse(Refuse decision);

	/** Answers a request that is no handshake. */
	void answer(int status, Headers fields);

	/** The accepted handshake has been counted and reported: the session may begin. */
	void begin(AcceptedHandshake accepted);

	/** Everything has been given back and reported: the answer may be the end. */
	void end();

}
