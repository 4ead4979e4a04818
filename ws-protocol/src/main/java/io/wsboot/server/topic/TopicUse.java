package io.wsboot.server.topic;

/** What a topic is kept for. */
interface TopicUse {

	/** A member, or a subscription on the way, needs the topic no longer. Any thread. */
	void release();

}
