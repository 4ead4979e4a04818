package io.wsboot.server;

/**
 * Something that an event loop runs for one connection. What it throws costs that
 * connection, and no other: the loop drops it, as nobody knows how far the work has come.
 */
interface ConnectionWork extends Runnable {

	/** The connection. */
	Connection connection();

	/**
	 * One that does what it is told.
	 *
	 * @param connection the connection
	 * @param task what to do
	 */
	record Task(Connection connection, Runnable task) implements ConnectionWork {

		@Override
		public void run() {
			this.task.run();
		}

	}

}
