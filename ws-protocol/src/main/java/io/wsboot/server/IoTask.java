package io.wsboot.server;

/**
 * A task that another thread, or another socket of the same loop, leaves for one socket.
 *
 * @param handle the socket that is dropped if the task throws
 * @param task the task
 */
record IoTask(IoHandle handle, Runnable task) implements IoWork {

	@Override
	public void run() {
		this.task.run();
	}

}
