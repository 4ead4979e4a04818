package io.wsboot.server.topic;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.wsboot.Recovery;
import io.wsboot.SessionClosedException;
import io.wsboot.TopicPosition;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.topic.LoopTopics.Subscribed;
import io.wsboot.server.topic.TopicHistory.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes sessions and ends subscriptions. In a topic with history, a subscription
 * first takes its turn in the topic's order, which fixes what the session has missed:
 * what is published later reaches the session's loop later. Any thread.
 */
final class TopicSubscriber {

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	private static final Recovery LIVE = new Recovery(false, TopicPosition.NONE, 0);

	private final TopicContext context;

	private final TopicRegistry registry;

	private final List<LoopTopics> loops;

	TopicSubscriber(TopicContext context, TopicRegistry registry) {
		this.context = context;
		this.registry = registry;
		this.loops = IntStream.range(0, context.loops())
			.mapToObj((loop) -> new LoopTopics(context.options().maxSubscriptions(), context.options().maxPending()))
			.toList();
	}

	/** What the sessions of a loop are subscribed to. */
	LoopTopics loop(int index) {
		return this.loops.get(index);
	}

	/**
	 * What a subscription leads to.
	 *
	 * @param recovery what the application is told
	 * @param missed what the session has missed
	 */
	private record Outcome(Recovery recovery, List<Entry> missed) {
	}

	/**
	 * Subscribes a session.
	 * @param from where the client was; null if it has no position
	 */
	CompletionStage<Recovery> subscribe(String name, TopicMember member, @Nullable TopicPosition from) {
		if (!member.isOpen()) {
			return CompletableFuture.failedStage(new SessionClosedException());
		}
		Topic topic = this.registry.use(name);
		if (topic == null) {
			return CompletableFuture.failedStage(this.context.limited(Limit.TOPICS, "the server has too many topics"));
		}
		CompletableFuture<Recovery> done = new CompletableFuture<>();
		TopicUse used = topic;
		try {
			LoopMembers members = topic.expect(member.loopIndex());
			used = members;
			TopicHistory history = topic.history();
			if (history == null) {
				leave(member, members, new Outcome(LIVE, List.of()), done);
			}
			else {
				history.order().execute(turn(topic, history, member, members, from, done));
			}
		}
		catch (Throwable ex) {
			used.release();
			throw ex;
		}
		return done;
	}

	/** What a subscription does in its turn. */
	private TopicOrder.Step turn(Topic topic, TopicHistory history, TopicMember member, LoopMembers members,
			@Nullable TopicPosition from, CompletableFuture<Recovery> done) {
		return () -> {
			try {
				List<Entry> missed = (from != null) ? history.since(from, this.context.now()) : null;
				topic.keepForHistory();
				leave(member, members, outcome(history.position(), missed), done);
				return null;
			}
			catch (Throwable ex) {
				members.release();
				return () -> done.completeExceptionally(ex);
			}
		};
	}

	private static Outcome outcome(TopicPosition now, @Nullable List<Entry> missed) {
		return (missed != null) ? new Outcome(new Recovery(true, now, missed.size()), missed)
				: new Outcome(new Recovery(false, now, 0), List.of());
	}

	/** Leaves a subscription for the loop of its session. */
	private void leave(TopicMember member, LoopMembers members, Outcome outcome, CompletableFuture<Recovery> done) {
		OutboundLoop loop = this.context.loop(member.loopIndex());
		loop.execute(() -> subscribe(member, members, outcome, done));
		if (loop.hasEnded()) { // perhaps before the task, and so has the session
			done.completeExceptionally(new SessionClosedException());
		}
	}

	/** Makes an expected session a member. On the loop. */
	private void subscribe(TopicMember member, LoopMembers members, Outcome outcome, CompletableFuture<Recovery> done) {
		Subscribed subscribed = Subscribed.TOO_MANY;
		Throwable failure = null;
		try {
			if (!member.isOpen()) {
				failure = new SessionClosedException();
			}
			else {
				subscribed = this.loops.get(member.loopIndex()).subscribe(member, members);
				if (subscribed == Subscribed.TOO_MANY) {
					failure = this.context.limited(Limit.SUBSCRIPTIONS_PER_SESSION,
							"the session has too many subscriptions");
				}
				else if (subscribed == Subscribed.NOW) {
					outcome.missed().forEach((entry) -> this.context.encoding().deliver(entry, member));
				}
			}
		}
		catch (Throwable ex) { // also if only a part of what was missed is queued
			failure = ex;
		}
		finally {
			if (subscribed != Subscribed.NOW) {
				members.release();
			}
		}
		assert ForeignCode.isAllowed();
		if (failure != null) {
			done.completeExceptionally(failure);
		}
		else if (subscribed == Subscribed.BEFORE) { // and gets nothing twice
			done.complete(new Recovery(false, outcome.recovery().position(), 0));
		}
		else {
			done.complete(outcome.recovery());
		}
	}

	CompletionStage<Void> unsubscribe(String name, TopicMember member) {
		Topic topic = this.registry.find(name);
		LoopMembers members = (topic != null) ? topic.members(member.loopIndex()) : null;
		if (topic == null || members == null || !members.isExpecting()) {
			return DONE;
		}
		CompletableFuture<Void> done = new CompletableFuture<>();
		TopicHistory history = topic.history();
		if (history == null) {
			leave(member, members, done);
		}
		else {
			history.order().execute(() -> {
				leave(member, members, done);
				return null;
			});
		}
		return done;
	}

	/** Leaves the end of a subscription for the loop of its session. */
	private void leave(TopicMember member, LoopMembers members, CompletableFuture<Void> done) {
		OutboundLoop loop = this.context.loop(member.loopIndex());
		loop.execute(() -> {
			this.loops.get(member.loopIndex()).unsubscribe(member, members);
			assert ForeignCode.isAllowed();
			done.complete(null);
		});
		if (loop.hasEnded()) { // perhaps before the task
			done.complete(null);
		}
	}

	/** A session has ended, and leaves all its topics. On the session's loop. */
	void ended(TopicMember member) {
		int loop = member.loopIndex();
		this.loops.get(loop).ended(member, this.context.loop(loop));
	}

}
