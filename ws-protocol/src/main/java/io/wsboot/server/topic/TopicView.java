package io.wsboot.server.topic;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.Recovery;
import io.wsboot.TopicPosition;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;

/**
 * A topic by its name, looked up each time. Any thread.
 *
 * @param topics the topics of the server
 * @param name the name, which is valid
 * @param except members that get nothing of what is published by way of this view
 */
record TopicView(Topics topics, String name, List<TopicMember> except) implements WsTopic {

	@Override
	public CompletionStage<TopicPosition> subscribe(WsSession session) {
		return this.topics.subscribe(this.name, this.topics.member(session), null).thenApply(Recovery::position);
	}

	@Override
	public CompletionStage<Recovery> subscribe(WsSession session, TopicPosition position) {
		Objects.requireNonNull(position, "position");
		return this.topics.subscribe(this.name, this.topics.member(session), position);
	}

	@Override
	public CompletionStage<Void> unsubscribe(WsSession session) {
		return this.topics.unsubscribe(this.name, this.topics.member(session));
	}

	@Override
	public long count() {
		return this.topics.count(this.name);
	}

	@Override
	public WsTopic except(WsSession session) {
		TopicMember member = this.topics.member(session);
		return new TopicView(this.topics, this.name, this.except.isEmpty() ? List.of(member)
				: Stream.concat(this.except.stream(), Stream.of(member)).toList());
	}

	@Override
	public CompletionStage<TopicPosition> publish(Message message) {
		return this.topics.publish(this.name, null, message, this.except);
	}

	@Override
	public CompletionStage<TopicPosition> convertAndPublish(Object payload) {
		return publish(this.topics.message(payload));
	}

	@Override
	public CompletionStage<TopicPosition> publishLatest(Object key, Message message) {
		return this.topics.publish(this.name, Objects.requireNonNull(key, "key"), message, this.except);
	}

	@Override
	public CompletionStage<TopicPosition> convertAndPublishLatest(Object key, Object payload) {
		return publishLatest(key, this.topics.message(payload));
	}

	@Override
	public String toString() {
		return "topic " + this.name;
	}

}
