package io.wsboot.benchmarks.load;

import java.io.IOException;

/**
 * One connection says something, which the server sends to all of them; when all have got
 * it, it says the next thing.
 */
public final class Broadcast implements Traffic {

	private static final int PATIENCE = 100;

	private final Conversations conversations;

	private long count;

	private long missing;

	/**
	 * Says the first thing.
	 * @param conversations the members
	 * @throws IOException if a socket fails
	 */
	public Broadcast(Conversations conversations) throws IOException {
		this.conversations = conversations;
		say();
	}

	private void say() throws IOException {
		this.missing = this.conversations.connections().size();
		this.conversations.connections().get(0).send(1);
	}

	@Override
	public long turn() throws IOException {
		this.count = 0;
		this.conversations.turn(PATIENCE, (connection, replies) -> this.count += replies);
		this.missing -= this.count;
		if (this.missing == 0) {
			say();
		}
		return this.count;
	}

	@Override
	public void close() throws IOException {
		this.conversations.close();
	}

}
