package io.wsboot.server;

import org.jspecify.annotations.Nullable;

/**
 * The sizes of messages and frames while options are built. Browsers send each message as
 * one frame, so unless it is set, the limit of a frame is that of a message.
 */
final class MessageSizes {

	int maxMessageSize = 256 * 1024;

	/** Null until set. */
	@Nullable Integer maxFrameSize;

	int maxFragments = 1024;

	int fragmentationThreshold = 64 * 1024;

	/** The limit that is set, else that of a message. */
	int maxFrameSize() {
		return (this.maxFrameSize != null) ? this.maxFrameSize : this.maxMessageSize;
	}

}
