package io.wsboot.server.loop;

/**
 * The thread of an event loop. A loop's thread must not wait for anything but sockets.
 */
public final class LoopThread extends Thread {

	LoopThread(Runnable loop, String name) {
		super(loop, name);
		setDaemon(true);
	}

	/** Whether the calling thread may wait for a peer: threads of loops must not. */
	public static boolean mayWait() {
		return !(Thread.currentThread() instanceof LoopThread);
	}

}
