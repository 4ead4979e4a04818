package io.wsboot.server.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * What the selector watches one socket for: {@code OP_READ} while bytes are wanted,
 * {@code OP_WRITE} only while some wait. On the connection's loop.
 */
public final class SocketInterest {

	private SelectionKey key;

	private int watched = SelectionKey.OP_READ;

	private boolean blocked;

	private volatile boolean abandoned;

	public SocketInterest(SelectionKey key) {
		this.key = key;
	}

	/** What the socket is ready for. */
	public int ready() {
		return this.key.isValid() ? this.key.readyOps() : 0;
	}

	/** The socket takes no bytes, though some wait; whether that is news. */
	public boolean block() {
		boolean news = !this.blocked;
		this.blocked = true;
		return news;
	}

	/** The socket takes bytes again. */
	public void unblock() {
		this.blocked = false;
	}

	/** The socket is not wanted any more. Any thread. */
	void abandon() {
		this.abandoned = true;
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Watches for what is wanted now.
	 * @return whether reading begins again
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

	/** Goes on with another selector. */
	void moveTo(Selector selector, Object whenReady) throws IOException {
		this.key = this.key.channel().register(selector, this.watched, whenReady);
	}

}
