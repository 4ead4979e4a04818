package io.wsboot.server.topic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.wsboot.Message;
import io.wsboot.Recovery;
import io.wsboot.TopicPosition;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.loop.LoopOutput;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.outbound.LatestKeys;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.topic.TopicContext.Later;

/**
 * Topics without sockets and threads: a test says which loop does its next task.
 */
final class SteppedTopics implements WsServerObserver {

	final List<Limit> limited = new ArrayList<>();

	/** What is to be done after a while. */
	final List<Runnable> later = new ArrayList<>();

	/** The time in nanoseconds. */
	long now = Long.MAX_VALUE - 1000; // and it will overflow

	final List<Loop> loops;

	final Topics topics;

	SteppedTopics(int loops, TopicOptions options) {
		this.loops = IntStream.range(0, loops).mapToObj((i) -> new Loop()).toList();
		this.topics = topics(options, this, this.loops, () -> this.now, (task, delay) -> this.later.add(task));
	}

	/** Topics on some loops; every object is converted with {@code toString}. */
	static Topics topics(TopicOptions options, WsServerObserver observer, List<? extends OutboundLoop> loops,
			NanoClock clock, Later later) {
		DataFrames frames = DataFrames.ofServer(0);
		TopicEncoding encoding = new TopicEncoding(frames, new Compressors(frames, 6), 100, new LatestKeys());
		TopicContext context = new TopicContext(options, encoding, observer, clock, loops.size(), loops, later);
		return new Topics(context, (payload) -> Message.text(payload.toString()), (session, topics) -> {
			throw new IllegalArgumentException("not a member");
		});
	}

	@Override
	public void limited(Limit limit) {
		this.limited.add(limit);
	}

	CompletionStage<Recovery> subscribe(String topic, Member member) {
		return this.topics.subscribe(topic, member, null);
	}

	CompletionStage<Recovery> subscribe(String topic, Member member, TopicPosition from) {
		return this.topics.subscribe(topic, member, from);
	}

	/** What was to be done after a while. */
	void sweep() {
		List<Runnable> due = List.copyOf(this.later);
		this.later.clear();
		due.forEach(Runnable::run);
	}

	CompletionStage<Void> unsubscribe(String topic, Member member) {
		return this.topics.unsubscribe(topic, member);
	}

	CompletionStage<TopicPosition> publish(String topic, String text, Member... except) {
		return this.topics.publish(topic, null, Message.text(text), List.of(except));
	}

	/** All loops do all their tasks. */
	void run() {
		this.loops.forEach(Loop::run);
	}

	/** The session of a member ends. */
	void end(Member member) {
		this.loops.get(member.loopIndex()).onLoop(() -> {
			member.open = false;
			this.topics.ended(member);
		});
	}

	/** A loop that waits to be told to go on. */
	static final class Loop implements OutboundLoop {

		final Queue<Runnable> tasks = new ArrayDeque<>();

		boolean current;

		boolean ended;

		@Override
		public boolean isCurrent() {
			return this.current;
		}

		@Override
		public boolean mayWait() {
			return false;
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
		}

		@Override
		public boolean hasEnded() {
			return this.ended;
		}

		@Override
		public void flushAtEndOfRound(LoopOutput output) {
			throw new AssertionError("nothing is written");
		}

		void run() {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				onLoop(task);
			}
		}

		void onLoop(Runnable task) {
			this.current = true;
			task.run();
			this.current = false;
		}

	}

	/** Writes down what it gets. */
	static class Member implements TopicMember {

		final List<String> got = new ArrayList<>();

		private final int loop;

		private final int encodings;

		volatile boolean open = true;

		Member(int loop) {
			this(loop, MessageEncoder.PLAIN);
		}

		Member(int loop, int encodings) {
			this.loop = loop;
			this.encodings = encodings;
		}

		@Override
		public int loopIndex() {
			return this.loop;
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		public int encodings() {
			return this.encodings;
		}

		@Override
		public void deliver(MessageEncoder message) {
			this.got.add(StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString());
		}

	}

}
