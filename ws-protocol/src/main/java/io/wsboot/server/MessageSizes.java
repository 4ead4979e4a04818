package io.wsboot.server;

import org.jspecify.annotations.Nullable;

/**
 * How big messages may be, and their frames, while options are collected. Browsers send a
 * message as one frame however big it is, so the limit of frames follows that of messages
 * until somebody sets it.
 */
final class MessageSizes {

	int maxMessageSize = 256 * 1024;

	/** Null until set. */
	@Nullable Integer maxFrameSize;

	int maxFragments = 1024;

	int fragmentationThreshold = 64 * 1024;

	int maxFrameSize() {
		return (this.maxFrameSize != null) ? this.maxFrameSize : this.maxMessageSize;
	}

}
