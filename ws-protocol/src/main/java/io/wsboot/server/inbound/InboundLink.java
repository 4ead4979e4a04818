package io.wsboot.server.inbound;

import io.wsboot.server.loop.EventLoop;

/**
 * The connection of a session, as far as incoming messages are concerned. All methods may
 * be called on any thread, unless their description says otherwise.
 */
public interface InboundLink {

	/** The connection's loop. */
	EventLoop loop();

	/** Leaves a task for the loop; if the task throws, the connection is dropped. */
	void execute(Runnable task);

	/**
	 * Whether the handler is to make no more replies for now, as the peer does not take
	 * those that it has. Whoever is told so hears when that is over.
	 */
	boolean isCongested();

	/** Whether the connection is not read for a reason. */
	boolean isPaused(Pause why);

	/** Stops reading. On the loop. */
	void pause(Pause why);

	/** Ends a pause; reading goes on if no other reason is left. On the loop. */
	void resume(Pause why);

	/** Has the loop drop the connection; allocates nothing. */
	void abandon();

	/** The calls that our Close frame waits for have been made. On the loop. */
	void answered();

}
