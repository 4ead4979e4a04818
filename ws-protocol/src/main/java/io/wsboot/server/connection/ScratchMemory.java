package io.wsboot.server.connection;

import io.wsboot.protocol.Scratch;
import io.wsboot.server.loop.LoopMemory;
import io.wsboot.server.loop.LoopResource;
import io.wsboot.server.loop.NanoClock;

/**
 * The scratch memory of one event loop, which the protocols of all its connections share.
 *
 * @param scratch the memory
 */
public record ScratchMemory(Scratch scratch) implements LoopResource {

	/** Scratch memory that knows the time of day by a clock. */
	public ScratchMemory(NanoClock clock) {
		this(new Scratch(LoopMemory.USUAL_READ, clock::epochSecond));
	}

	@Override
	public void tidy() {
		this.scratch.tidy();
	}

	@Override
	public boolean isHeld() {
		return this.scratch.sparesHeld() > 0;
	}

	@Override
	public void end() {
		this.scratch.end();
	}

}
