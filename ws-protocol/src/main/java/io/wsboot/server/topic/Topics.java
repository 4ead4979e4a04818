package io.wsboot.server.topic;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.Recovery;
import io.wsboot.TopicPosition;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.WsTopics;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one server. Members are known by topic and by event loop. Whoever
 * subscribes, publishes or unsubscribes leaves a task for each loop concerned, and a loop
 * does its tasks in order: so there is no lock, and what happens before a message is
 * published has happened when the message is delivered. Topics with history have an order
 * of their own in front of the loops. Any thread.
 *
 * <pre>
 *  publish --&gt; TopicRegistry --&gt; Topic ------------------&gt; LoopMembers of each loop with members
 *                  name            |                          |
 *                                  +--&gt; TopicOrder -----------+  one task for each loop
 *                                       TopicHistory          v
 *                                                         LoopTopics --&gt; TopicMember.deliver
 * </pre>
 */
public final class Topics implements WsTopics {

	private final PayloadConverter converter;

	private final BiFunction<WsSession, WsTopics, TopicMember> members;

	private final TopicContext context;

	private final HistoryBudget budget;

	private final TopicRegistry registry;

	private final TopicSubscriber subscriber;

	private final TopicPublisher publisher;

	/**
	 * The topics of a server that starts.
	 * @param members tells which member a session is; throws an
	 * {@link IllegalArgumentException} for a session of another server
	 */
	public Topics(TopicContext context, PayloadConverter converter,
			BiFunction<WsSession, WsTopics, TopicMember> members) {
		this.converter = converter;
		this.members = members;
		this.context = context;
		this.budget = new HistoryBudget(context.options().maxHistory());
		this.registry = new TopicRegistry(context, this.budget);
		this.subscriber = new TopicSubscriber(context, this.registry);
		this.publisher = new TopicPublisher(context, this.registry,
				new HistorySweep(context, this.budget, this.registry.all()), this.subscriber::loop);
	}

	@Override
	public WsTopic topic(String name) {
		return new TopicView(this, TopicName.require(name), List.of());
	}

	@Override
	public Stream<WsTopic> stream() {
		return this.registry.all().stream().map((topic) -> new TopicView(this, topic.name(), List.of()));
	}

	@Override
	public long count() {
		return this.registry.count();
	}

	/** For tests: how many sessions are subscribed, as the loops know. */
	int subscribedSessions() {
		return IntStream.range(0, this.context.loops()).map((loop) -> this.subscriber.loop(loop).sessions()).sum();
	}

	/** For tests: the bytes of all histories. */
	long historyBytes() {
		return this.budget.held();
	}

	/** How many members a topic has. */
	long count(String name) {
		Topic topic = this.registry.find(name);
		return (topic != null) ? topic.count() : 0;
	}

	/** The member that a session is. */
	TopicMember member(WsSession session) {
		return this.members.apply(session, this);
	}

	/** Turns an object into a message. */
	Message message(Object payload) {
		return this.converter.toMessage(payload);
	}

	/** See {@link TopicSubscriber#subscribe}. */
	CompletionStage<Recovery> subscribe(String name, TopicMember member, @Nullable TopicPosition from) {
		return this.subscriber.subscribe(name, member, from);
	}

	CompletionStage<Void> unsubscribe(String name, TopicMember member) {
		return this.subscriber.unsubscribe(name, member);
	}

	/** See {@link TopicPublisher#publish}. */
	CompletionStage<TopicPosition> publish(String name, @Nullable Object key, Message message,
			List<TopicMember> except) {
		return this.publisher.publish(name, key, message, except);
	}

	/** A session has ended, and leaves all its topics. On the session's loop. */
	public void ended(TopicMember member) {
		this.subscriber.ended(member);
	}

}
