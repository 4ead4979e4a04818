package io.wsboot.server.topic;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.topic.SteppedTopics.Member;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subscription costs the heap, in a process of its own, as that of the tests has
 * other things on its heap. The members are there before; a session holds nothing for
 * topics beside its subscriptions. Each collection compacts the heap, as filler counts as
 * used.
 */
class SubscriptionMemoryTest {

	private static final int MEMBERS = 10_000;

	/** Prints the bytes of each subscription. */
	static final class Program {

		/** Arguments: how many members a topic has, and how many topics a member has. */
		public static void main(String[] arguments) {
			int topicSize = Integer.parseInt(arguments[0]);
			int topicsOfEach = Integer.parseInt(arguments[1]);
			SteppedTopics on = new SteppedTopics(2, TopicOptions.DEFAULTS);
			List<Member> members = new ArrayList<>();
			for (int i = 0; i < MEMBERS; i++) {
				members.add(new Member(i % 2));
			}
			subscribe(on, members, topicSize, topicsOfEach); // whatever is made once
			members.forEach(on::end);
			members.forEach((member) -> member.open = true);
			used();
			long before = used();
			subscribe(on, members, topicSize, topicsOfEach);
			System.out.println((used() - before) / ((long) MEMBERS * topicsOfEach));
			members.forEach(on::end);
			System.out.println(used() - before);
			System.out.println(on.topics.count());
		}

		private static void subscribe(SteppedTopics on, List<Member> members, int topicSize, int topicsOfEach) {
			for (int i = 0; i < members.size(); i++) {
				for (int j = 0; j < topicsOfEach; j++) {
					on.subscribe("topics/" + j + "/" + i / topicSize, members.get(i));
				}
			}
			on.run();
		}

		private static long used() {
			System.gc();
			System.gc();
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}

	}

	/** A topic itself takes less than 400 bytes, which its members share. */
	@ParameterizedTest
	@CsvSource({ "10000, 1, 80", "1000, 1, 80", "1000, 5, 80", "10, 1, 120" })
	@Timeout(60)
	void isBounded(int topicSize, int topicsOfEach, long most) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:-UseTLAB", "-XX:MarkSweepDeadRatio=0", "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), Program.class.getName(), Integer.toString(topicSize),
				Integer.toString(topicsOfEach))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		List<String> printed = process.inputReader().lines().toList();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Long.parseLong(printed.get(0))).as("bytes of heap per subscription").isBetween(36L, most);
		assertThat(Long.parseLong(printed.get(1))).as("bytes of heap when nobody is left").isLessThan(10_000);
		assertThat(printed.get(2)).isEqualTo("0");
	}

}
