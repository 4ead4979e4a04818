package io.wsboot.server.loop;

/**
 * The thread of an event loop, which must not wait for anything but its sockets.
 */
public final class LoopThread extends Thread {

	LoopThread(Runnable loop, String name) {
		super(loop, name);
		setDaemon(true);
	}

	/** Whether the calling thread is no loop's: those must not wait for a peer. */
	public static boolean mayWait() {
		return !(Thread.currentThread() instanceof LoopThread);
	}

}
