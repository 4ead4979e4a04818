package io.wsboot.server.topic;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.wsboot.Message;
import io.wsboot.TopicPosition;
import io.wsboot.server.loop.ForeignCode;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages: to the loops at once, or, in a topic with history, in the topic's
 * order. Any thread.
 */
final class TopicPublisher {

	private static final CompletionStage<TopicPosition> LIVE = CompletableFuture.completedStage(TopicPosition.NONE);

	/** How long a publisher waits for room. */
	private static final long PATIENCE_SECONDS = 10;

	private final TopicContext context;

	private final TopicRegistry registry;

	private final HistorySweep sweep;

	private final IntFunction<LoopTopics> loops;

	TopicPublisher(TopicContext context, TopicRegistry registry, HistorySweep sweep, IntFunction<LoopTopics> loops) {
		this.context = context;
		this.registry = registry;
		this.sweep = sweep;
		this.loops = loops;
	}

	/**
	 * Publishes a message to all members but some.
	 * @param key what the message is the latest of; null if nothing
	 */
	CompletionStage<TopicPosition> publish(String name, @Nullable Object key, Message message,
			List<TopicMember> except) {
		Topic topic = this.registry.find(name);
		boolean kept = (topic != null) ? topic.history() != null : this.registry.keepsHistory(name);
		int most = this.context.options().maxMessageSize();
		if (topic == null && !kept && TopicEncoding.isShort(message, most)) {
			return LIVE;
		}
		MessageEncoder encoder = this.context.encoding().of(key, message);
		if (encoder.size() > most) {
			throw this.context.limited(Limit.TOPIC_MESSAGE_SIZE,
					"the message has " + encoder.size() + " bytes, more than a topic takes, which is " + most);
		}
		if (kept) {
			return publishInOrder(name, encoder, except);
		}
		if (topic == null) {
			return LIVE;
		}
		if (!encode(topic, encoder)) {
			return failed();
		}
		leave(topic, encoder, except);
		return LIVE;
	}

	private CompletionStage<TopicPosition> failed() {
		return CompletableFuture.failedStage(
				this.context.limited(Limit.TOPIC_PENDING, "too many published messages wait for an event loop"));
	}

	private CompletionStage<TopicPosition> publishInOrder(String name, MessageEncoder encoder,
			List<TopicMember> except) {
		Topic topic = this.registry.use(name);
		if (topic == null) {
			return CompletableFuture.failedStage(this.context.limited(Limit.TOPICS, "the server has too many topics"));
		}
		TopicHistory history = Objects.requireNonNull(topic.history());
		boolean released = false;
		try {
			if (!hasRoom(history.order()) || !encode(topic, encoder)) {
				return failed();
			}
			this.sweep.makeRoom(topic, encoder.size());
			CompletableFuture<TopicPosition> done = new CompletableFuture<>();
			history.order().execute(() -> publish(topic, history, encoder, except, done));
			released = true;
			this.sweep.schedule();
			return done;
		}
		finally {
			if (!released) {
				topic.release();
			}
		}
	}

	/** The turn of a message in the order of its topic. Releases the topic. */
	private Runnable publish(Topic topic, TopicHistory history, MessageEncoder encoder, List<TopicMember> except,
			CompletableFuture<TopicPosition> done) {
		try {
			TopicPosition position = history.append(encoder, this.context.now());
			leave(topic, encoder, except);
			return () -> done.complete(position);
		}
		catch (Throwable ex) {
			history.renew(); // some members have the message, and others may not
			return () -> done.completeExceptionally(ex);
		}
		finally {
			topic.keepForHistory();
			topic.release();
		}
	}

	/**
	 * Encodes a message in each of the ways that members need.
	 * @return false if a loop with members has no room for it
	 */
	private boolean encode(Topic topic, MessageEncoder encoder) {
		int encodings = 0;
		for (int i = 0; i < this.context.loops(); i++) {
			LoopMembers members = topic.members(i);
			if (members != null && members.isExpecting()) {
				if (!hasRoom(i, encoder.size())) {
					return false;
				}
				encodings |= members.encodings();
			}
		}
		this.context.encoding().encode(encoder, encodings);
		return true;
	}

	/** Leaves a message for each loop with members. */
	private void leave(Topic topic, MessageEncoder encoder, List<TopicMember> except) {
		for (int i = 0; i < this.context.loops(); i++) {
			LoopMembers members = topic.members(i);
			if (members != null && members.isExpecting()) {
				this.loops.apply(i).publish(this.context.loop(i), members, encoder.copy(), except);
			}
		}
	}

	/**
	 * Whether a loop takes one more message, perhaps after its tasks so far. A thread
	 * that has waited is let in, as others may fill the room again and again.
	 */
	private boolean hasRoom(int index, int size) {
		OutboundLoop loop = this.context.loop(index);
		return this.loops.apply(index).hasRoom(size) || loop.mayWait() && await((task) -> {
			loop.execute(task);
			if (loop.hasEnded()) { // perhaps before the task
				task.run();
			}
		});
	}

	/** Whether an order takes one more step, perhaps after its steps so far. */
	private boolean hasRoom(TopicOrder order) {
		return order.hasRoom() || this.context.loop(0).mayWait() && await((task) -> order.execute(() -> task));
	}

	/** Waits until everything before a task is done; false after a while. */
	private static boolean await(Consumer<Runnable> behind) {
		assert ForeignCode.isAllowed();
		CountDownLatch done = new CountDownLatch(1);
		behind.accept(done::countDown);
		try {
			return done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
