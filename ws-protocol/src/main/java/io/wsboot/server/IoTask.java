package io.wsboot.server;

/**
 * A task that other threads, or other connections, leave for a connection's loop.
 *
 * @param connection the connection that pays for what the task throws
 * @param task what to do
 */
record ConnectionTask(Connection connection, Runnable task) implements ConnectionWork {

	@Override
	public void run() {
		this.task.run();
	}

}
