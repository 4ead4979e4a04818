package io.wsboot.server;

import io.wsboot.protocol.Scratch;
import io.wsboot.server.loop.LoopMemory;
import io.wsboot.server.loop.LoopResource;
import io.wsboot.server.loop.NanoClock;

/**
 * The working memory of all protocols of one loop.
 *
 * @param scratch the memory
 */
record ScratchMemory(Scratch scratch) implements LoopResource {

	ScratchMemory(NanoClock clock) {
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
