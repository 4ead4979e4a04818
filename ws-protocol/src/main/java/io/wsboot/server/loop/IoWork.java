package io.wsboot.server.loop;

/**
 * Work of an {@link EventLoop} that concerns one socket. If the work throws, the loop
 * drops that socket and no other, as nobody knows how much of the work is done.
 */
public interface IoWork extends Runnable {

	/** The handle of the socket. */
	IoHandle handle();

	/**
	 * A task that another thread, or another socket of the same loop, leaves for one
	 * socket.
	 *
	 * @param handle the socket that is dropped if the task throws
	 * @param task the task
	 */
	record Task(IoHandle handle, Runnable task) implements IoWork {

		@Override
		public void run() {
			this.task.run();
		}

	}

}
