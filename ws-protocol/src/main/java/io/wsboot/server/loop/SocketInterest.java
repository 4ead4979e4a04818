package io.wsboot.server.loop;

import java.nio.channels.SelectionKey;

/**
 * The operations that the selector watches one socket for: {@code OP_READ} while the
 * connection wants bytes, and {@code OP_WRITE} only while the socket is blocked, so that
 * queued bytes wait. All methods but {@link #abandon} run on the loop of the socket.
 */
public final class SocketInterest {

	private final SelectionKey key;

	/** The operations that the selector watches for now. */
	private int watched = SelectionKey.OP_READ;

	/** Whether the socket has taken fewer bytes than there were. */
	private boolean blocked;

	/** Set once, by any thread; read by the loop. */
	private volatile boolean abandoned;

	/**
	 * Begins with a key that watches for {@code OP_READ}.
	 * @param key a selector's key, or that of somebody else who watches
	 */
	public SocketInterest(SelectionKey key) {
		this.key = key;
	}

	/** Returns the operations that the socket is ready for. */
	public int ready() {
		return this.key.isValid() ? this.key.readyOps() : 0;
	}

	/**
	 * Called when the socket takes no more bytes although some wait.
	 * @return whether the socket was not blocked before
	 */
	public boolean block() {
		boolean news = !this.blocked;
		this.blocked = true;
		return news;
	}

	/** Called when the socket takes bytes again. */
	public void unblock() {
		this.blocked = false;
	}

	/** Marks the handle of the socket to be dropped. Any thread. */
	void abandon() {
		this.abandoned = true;
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Tells the selector which operations to watch for from now on.
	 * @param reads whether the connection wants bytes
	 * @return whether the selector watches for {@code OP_READ} again after a pause
	 */
	public boolean update(boolean reads) {
		int wanted = (reads ? SelectionKey.OP_READ : 0) | (this.blocked ? SelectionKey.OP_WRITE : 0);
		if (wanted == this.watched) {
			return false;
		}
		boolean begins = (wanted & ~this.watched & SelectionKey.OP_READ) != 0;
		this.watched = wanted;
		this.key.interestOps(wanted);
		return begins;
	}

}
