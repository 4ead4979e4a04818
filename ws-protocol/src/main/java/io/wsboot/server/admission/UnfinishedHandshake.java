package io.wsboot.server.admission;

import java.net.InetAddress;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * A socket that has not become a session, from the moment that it is accepted on.
 */
public final class UnfinishedHandshake {

	private final @Nullable InetAddress peer;

	private final Executor loop;

	/** Drops the connection. The loop's, and null until the loop has made one. */
	private @Nullable Runnable drop;

	/** The loop's. */
	private boolean finished;

	/**
	 * A socket that has been accepted.
	 * @param peer the other end; null if it has no address, or is gone
	 * @param loop runs what is to be done to the connection
	 */
	public UnfinishedHandshake(@Nullable InetAddress peer, Executor loop) {
		this.peer = peer;
		this.loop = loop;
	}

	/** The other end, be it a proxy; null if it has no address. */
	@Nullable InetAddress peer() {
		return this.peer;
	}

	/** On the loop: the connection has been made, and can be dropped. */
	public void begun(Runnable drop) {
		this.drop = drop;
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
				if (this.drop != null && !this.finished) {
					this.drop.run();
				}
			}
			finally {
				dropped.run();
			}
		});
	}

}
