package io.wsboot.server.topic;

import java.util.List;

import io.wsboot.TopicLimitException;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.loop.OutboundLoop;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.spi.WsServerObserver.Limit;

/**
 * What the topics of a server need of the server. Any thread.
 *
 * @param options the limits
 * @param encoding encodes messages
 * @param observer told of limits that are reached
 * @param clock the server's clock
 * @param loops how many event loops there will be
 * @param eventLoops the event loops, read when they run
 * @param later runs a task on an event loop after a while
 */
public record TopicContext(TopicOptions options, TopicEncoding encoding, WsServerObserver observer, NanoClock clock,
		int loops, List<? extends OutboundLoop> eventLoops, Later later) {

	/** Runs tasks after a while. */
	@FunctionalInterface
	public interface Later {

		/**
		 * Runs a task once on an event loop.
		 * @param delay nanoseconds
		 */
		void run(Runnable task, long delay);

	}

	OutboundLoop loop(int index) {
		return this.eventLoops.get(index);
	}

	long now() {
		return this.clock.nanoTime();
	}

	/** Counts that a limit has been reached. */
	TopicLimitException limited(Limit limit, String message) {
		this.observer.limited(limit);
		return new TopicLimitException(message);
	}

}
