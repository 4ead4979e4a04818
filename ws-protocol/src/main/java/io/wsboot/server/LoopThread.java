package io.wsboot.server;

/**
 * The thread of an event loop, which must not wait for anything but its sockets.
 */
final class LoopThread extends Thread {

	LoopThread(Runnable loop, String name) {
		super(loop, name);
		setDaemon(true);
	}

	/** Whether the calling thread is no loop's: those must not wait for a peer. */
	static boolean mayWait() {
		return !(Thread.currentThread() instanceof LoopThread);
	}

}
