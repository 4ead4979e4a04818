package io.wsboot.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.server.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * A socket that has not become a session, from the moment that it is accepted on.
 */
final class UnfinishedHandshake {

	/** Never sent: the connection is dropped. */
	private static final Refuse DROPPED = HandshakeDecision.refuse(503)
		.withReason("limit: " + Limit.UNFINISHED_HANDSHAKES);

	private final @Nullable InetAddress peer;

	private final Executor loop;

	/** The loop's, and null until that has made one. */
	private @Nullable Connection connection;

	/** The loop's. */
	private boolean finished;

	/**
	 * A socket that has been accepted.
	 * @param peer the other end; null if it has no address, or is gone
	 * @param loop runs what is to be done to the connection
	 */
	UnfinishedHandshake(@Nullable InetAddress peer, Executor loop) {
		this.peer = peer;
		this.loop = loop;
	}

	/** The other end, be it a proxy; null if it has no address. */
	@Nullable InetAddress peer() {
		return this.peer;
	}

	/** On the loop: the connection that it is about. */
	void of(Connection connection) {
		this.connection = connection;
	}

	/** On the loop: it is a session, or gone. */
	void finish() {
		this.finished = true;
	}

	/**
	 * Makes room for others, if the handshake is not finished when the loop comes to it.
	 */
	void drop(Runnable dropped) {
		this.loop.execute(() -> {
			try {
				if (this.connection != null && !this.finished) {
					drop(this.connection);
				}
			}
			finally {
				dropped.run();
			}
		});
	}

	private static void drop(Connection connection) {
		InetSocketAddress client = connection.remoteAddress();
		RefusalLog.refused(DROPPED, null, client);
		connection.server().observer().limited(Limit.UNFINISHED_HANDSHAKES);
		connection.drop();
	}

}
