package io.wsboot.server.topic;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.SessionClosedException;
import io.wsboot.TopicLimitException;
import io.wsboot.WsSession;
import io.wsboot.WsTopic;
import io.wsboot.WsTopics;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one server. Members are known by topic and by event loop. Whoever
 * subscribes, publishes or unsubscribes leaves a task for each loop concerned, and a loop
 * does its tasks in order: so there is no lock, and what happens before a message is
 * published has happened when the message is delivered. Any thread.
 *
 * <pre>
 *  publish --&gt; TopicRegistry --&gt; Topic --&gt; LoopMembers of each loop with members
 *                  name                        |
 *                                              v  one task for each loop
 *                                          LoopTopics --&gt; TopicMember.deliver
 * </pre>
 */
public final class Topics implements WsTopics {

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	/** How long a publisher waits for room. */
	private static final long PATIENCE_SECONDS = 1;

	private final TopicOptions options;

	private final TopicEncoding encoding;

	private final PayloadConverter converter;

	private final WsServerObserver observer;

	private final BiFunction<WsSession, WsTopics, TopicMember> members;

	private final List<? extends OutboundLoop> eventLoops;

	private final List<LoopTopics> loops;

	private final TopicRegistry registry;

	/**
	 * The topics of a server that starts.
	 * @param members tells which member a session is; throws an
	 * {@link IllegalArgumentException} for a session of another server
	 * @param loops how many event loops there will be
	 * @param eventLoops the event loops, read when they run
	 */
	public Topics(TopicOptions options, TopicEncoding encoding, PayloadConverter converter, WsServerObserver observer,
			BiFunction<WsSession, WsTopics, TopicMember> members, int loops, List<? extends OutboundLoop> eventLoops) {
		this.options = options;
		this.encoding = encoding;
		this.converter = converter;
		this.observer = observer;
		this.members = members;
		this.eventLoops = eventLoops;
		this.loops = IntStream.range(0, loops)
			.mapToObj((loop) -> new LoopTopics(options.maxSubscriptions(), options.maxPending()))
			.toList();
		this.registry = new TopicRegistry(options.maxTopics(), loops);
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
		return this.loops.stream().mapToInt(LoopTopics::sessions).sum();
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

	CompletionStage<Void> subscribe(String name, TopicMember member) {
		if (!member.isOpen()) {
			return CompletableFuture.failedStage(new SessionClosedException());
		}
		LoopMembers topic = this.registry.expect(name, member.loopIndex());
		if (topic == null) {
			return CompletableFuture.failedStage(limited(Limit.TOPICS, "the server has too many topics"));
		}
		CompletableFuture<Void> done = new CompletableFuture<>();
		try {
			OutboundLoop loop = this.eventLoops.get(member.loopIndex());
			loop.execute(() -> subscribe(member, topic, done));
			if (loop.hasEnded()) { // perhaps before the task, and so has the session
				done.completeExceptionally(new SessionClosedException());
			}
		}
		catch (OutOfMemoryError ex) {
			topic.release();
			throw ex;
		}
		return done;
	}

	/** Makes an expected session a member. On the loop. */
	private void subscribe(TopicMember member, LoopMembers topic, CompletableFuture<Void> done) {
		boolean added = false;
		Throwable failure = null;
		try {
			if (!member.isOpen()) {
				failure = new SessionClosedException();
			}
			else {
				switch (this.loops.get(member.loopIndex()).subscribe(member, topic)) {
					case NOW -> added = true;
					case BEFORE -> {
						// nothing changes
					}
					case TOO_MANY ->
						failure = limited(Limit.SUBSCRIPTIONS_PER_SESSION, "the session has too many subscriptions");
				}
			}
		}
		catch (OutOfMemoryError ex) {
			failure = ex;
		}
		finally {
			if (!added) {
				topic.release();
			}
		}
		complete(done, failure);
	}

	private static void complete(CompletableFuture<Void> done, @Nullable Throwable failure) {
		assert ForeignCode.isAllowed();
		if (failure != null) {
			done.completeExceptionally(failure);
		}
		else {
			done.complete(null);
		}
	}

	private TopicLimitException limited(Limit limit, String message) {
		this.observer.limited(limit);
		return new TopicLimitException(message);
	}

	CompletionStage<Void> unsubscribe(String name, TopicMember member) {
		Topic known = this.registry.find(name);
		LoopMembers topic = (known != null) ? known.members(member.loopIndex()) : null;
		if (topic == null || !topic.isExpecting()) {
			return DONE;
		}
		CompletableFuture<Void> done = new CompletableFuture<>();
		OutboundLoop loop = this.eventLoops.get(member.loopIndex());
		loop.execute(() -> {
			this.loops.get(member.loopIndex()).unsubscribe(member, topic);
			complete(done, null);
		});
		if (loop.hasEnded()) { // perhaps before the task
			done.complete(null);
		}
		return done;
	}

	/** A session has ended, and leaves all its topics. On the session's loop. */
	public void ended(TopicMember member) {
		int loop = member.loopIndex();
		this.loops.get(loop).ended(member, this.eventLoops.get(loop));
	}

	/**
	 * Leaves a message for the loops of all members but some.
	 * @param key what the message is the latest of; null if nothing
	 */
	CompletionStage<Void> publish(String name, @Nullable Object key, Message message, List<TopicMember> except) {
		Topic topic = this.registry.find(name);
		if (topic == null && TopicEncoding.isShort(message, this.options.maxMessageSize())) {
			return DONE;
		}
		MessageEncoder encoder = this.encoding.of(key, message);
		if (encoder.size() > this.options.maxMessageSize()) {
			throw limited(Limit.TOPIC_MESSAGE_SIZE, "the message has " + encoder.size()
					+ " bytes, more than a topic takes, which is " + this.options.maxMessageSize());
		}
		if (topic == null) {
			return DONE;
		}
		int encodings = 0;
		for (int i = 0; i < this.loops.size(); i++) {
			LoopMembers members = topic.members(i);
			if (members != null && members.isExpecting()) {
				if (!hasRoom(i, encoder.size())) {
					return CompletableFuture.failedStage(
							limited(Limit.TOPIC_PENDING, "too many published messages wait for an event loop"));
				}
				encodings |= members.encodings();
			}
		}
		this.encoding.encode(encoder, encodings);
		publish(topic, encoder, except);
		return DONE;
	}

	private void publish(Topic topic, MessageEncoder encoder, List<TopicMember> except) {
		for (int i = 0; i < this.loops.size(); i++) {
			LoopMembers members = topic.members(i);
			if (members != null && members.isExpecting()) {
				this.loops.get(i).publish(this.eventLoops.get(i), members, encoder.copy(), except);
			}
		}
	}

	/** Whether a loop takes one more message, perhaps after its tasks so far. */
	private boolean hasRoom(int index, int size) {
		OutboundLoop loop = this.eventLoops.get(index);
		return this.loops.get(index).hasRoom(size)
				|| loop.mayWait() && awaitTasks(loop) && this.loops.get(index).hasRoom(size);
	}

	/** Waits until a loop has done what it has been left; false after a while. */
	private static boolean awaitTasks(OutboundLoop loop) {
		assert ForeignCode.isAllowed();
		CountDownLatch done = new CountDownLatch(1);
		loop.execute(done::countDown);
		try {
			return !loop.hasEnded() && done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
