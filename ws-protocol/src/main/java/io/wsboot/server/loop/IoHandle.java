package io.wsboot.server.loop;

/**
 * One socket that an {@link EventLoop} serves. The loop runs the handle when the socket
 * is ready. All methods run on the loop.
 */
public interface IoHandle extends IoWork {

	@Override
	default IoHandle handle() {
		return this;
	}

	/** The operations that the selector watches the socket for. */
	SocketInterest interest();

	/** The output of the socket. */
	LoopOutput outbound();

	/** Closes the socket. */
	void drop();

}
