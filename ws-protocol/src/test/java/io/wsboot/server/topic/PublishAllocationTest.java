package io.wsboot.server.topic;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.wsboot.Message;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.topic.SteppedTopics.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a published message leaves for the garbage collector, before its members queue it:
 * the same for one member and for a thousand.
 */
class PublishAllocationTest {

	private static final int MESSAGES = 20_000;

	private static final Message MESSAGE = Message.text("x".repeat(64));

	@Test
	void doesNotGrowWithTheMembers() {
		double ofOne = perMessage(1);
		double ofThousand = perMessage(1000);
		assertThat(ofOne).isBetween(100.0, 700.0);
		assertThat(ofThousand).isBetween(100.0, ofOne + 300); // a second loop
	}

	@Test
	void ofATopicWithoutMembersIsNothing() {
		assertThat(perMessage(0)).isLessThan(1);
	}

	private static double perMessage(int members) {
		SteppedTopics on = new SteppedTopics(2, TopicOptions.DEFAULTS);
		IntStream.range(0, members).forEach((i) -> on.subscribe("java", new Silent(i % 2)));
		on.run();
		publish(on);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long thread = Thread.currentThread().getId();
		long before = threads.getThreadAllocatedBytes(thread);
		publish(on);
		return (threads.getThreadAllocatedBytes(thread) - before) / (double) MESSAGES;
	}

	private static void publish(SteppedTopics on) {
		for (int i = 0; i < MESSAGES; i++) {
			on.topics.publish("java", null, MESSAGE, List.of());
			for (int loop = 0; loop < 2; loop++) {
				on.loops.get(loop).run();
			}
		}
	}

	private static final class Silent extends Member {

		Silent(int loop) {
			super(loop);
		}

		@Override
		public void deliver(MessageEncoder message) {
			// keeps nothing
		}

	}

}
