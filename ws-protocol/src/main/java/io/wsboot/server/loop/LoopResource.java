package io.wsboot.server.loop;

/**
 * Memory that the users of an {@link EventLoop} share. On the loop.
 */
public interface LoopResource {

	/** No memory is shared. */
	LoopResource NONE = new LoopResource() {

		@Override
		public void tidy() {
			// nothing is held
		}

		@Override
		public boolean isHeld() {
			return false;
		}

		@Override
		public void end() {
			// nothing is held
		}

	};

	/** Gives up memory that nobody has needed for some seconds. */
	void tidy();

	/** Whether there is anything that {@link #tidy} may give up later. */
	boolean isHeld();

	/** Gives up everything, as the loop ends. */
	void end();

}
