package io.wsboot.server;

/**
 * Work of an {@link EventLoop} for one socket. If the work throws, the loop drops that
 * socket and no other, as nobody knows how far the work has come.
 */
interface IoWork extends Runnable {

	/** The socket. */
	IoHandle handle();

}
