package io.wsboot.server.topic;

import io.wsboot.server.outbound.MessageEncoder;

/**
 * A session, as topics see it. Members are compared by identity.
 */
public interface TopicMember {

	/** The index of the event loop that the session lives on. Any thread. */
	int loopIndex();

	/**
	 * Whether messages may still be sent. False for good once it is false. Any thread.
	 */
	boolean isOpen();

	/** The encodings that the member needs, see {@link MessageEncoder#encode}. */
	int encodings();

	/**
	 * Queues a message for the peer. Never throws: whatever fails costs this member its
	 * connection. On the loop.
	 */
	void deliver(MessageEncoder message);

}
