package io.wsboot.server.topic;

import org.jspecify.annotations.Nullable;

/**
 * One member of one topic. The subscriptions of one member form a list, the newest first.
 * All fields belong to the member's loop. A subscription is 32 bytes of memory, and takes
 * a slot in the table of the topic; the first of a member takes a slot in the table of
 * the loop, too.
 */
final class Subscription {

	final TopicMember member;

	final LoopMembers topic;

	/** The subscription of the same member before this one. */
	@Nullable Subscription older;

	/** The subscription of the same member after this one. */
	@Nullable Subscription newer;

	/** In the newest subscription of a member: how many subscriptions the member has. */
	int count;

	Subscription(TopicMember member, LoopMembers topic) {
		this.member = member;
		this.topic = topic;
	}

}
