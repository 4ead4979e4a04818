package io.wsboot.benchmarks.load;

import java.io.IOException;

/**
 * Each connection keeps a number of messages outstanding: a reply that comes is a request
 * that goes.
 */
public final class ClosedLoop implements Traffic {

	private static final int PATIENCE = 100;

	private final Conversations conversations;

	private long count;

	/**
	 * Sends the first requests.
	 * @param conversations the connections
	 * @param depth messages outstanding on each
	 * @throws IOException if a socket fails
	 */
	public ClosedLoop(Conversations conversations, int depth) throws IOException {
		this.conversations = conversations;
		for (LoadConnection connection : conversations.connections()) {
			connection.send(depth);
		}
	}

	@Override
	public long turn() throws IOException {
		this.count = 0;
		this.conversations.turn(PATIENCE, this::replied);
		return this.count;
	}

	private void replied(LoadConnection connection, int replies) throws IOException {
		this.count += replies;
		connection.send(replies);
	}

	@Override
	public void close() throws IOException {
		this.conversations.close();
	}

}
