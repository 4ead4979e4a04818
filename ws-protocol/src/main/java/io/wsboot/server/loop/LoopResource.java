package io.wsboot.server.loop;

/** Memory that all handles of an {@link EventLoop} share. All methods run on the loop. */
public interface LoopResource {

	/** A resource without memory. */
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

	/** Frees memory that nobody has needed for some seconds. */
	void tidy();

	/** Whether {@link #tidy} may free memory later. */
	boolean isHeld();

	/** Frees all memory. Called when the loop ends. */
	void end();

}
