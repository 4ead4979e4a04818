package io.wsboot.server.topic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.wsboot.server.topic.SteppedTopics.Member;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionTableTest {

	private static final LoopMembers TOPIC = new LoopMembers(() -> {
	});

	/** Grows and shrinks by turns, as a map of the JDK does. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void isAMap(long seed) {
		Random random = new Random(seed);
		List<Member> members = IntStream.range(0, 500).mapToObj((i) -> new Member(0)).toList();
		Map<TopicMember, Subscription> model = new IdentityHashMap<>();
		SubscriptionTable table = new SubscriptionTable();
		for (int i = 0; i < 20_000; i++) {
			Member member = members.get(random.nextInt(members.size()));
			boolean growing = i / 2000 % 2 == 0;
			if (random.nextInt(10) < (growing ? 7 : 3)) {
				Subscription subscription = new Subscription(member, TOPIC);
				model.put(member, subscription);
				table.put(subscription);
			}
			else {
				model.remove(member);
				table.remove(member);
			}
			assertThat(table.size()).isEqualTo(model.size());
			assertThat(table.get(member)).isSameAs(model.get(member));
			if (i % 500 == 0) {
				expectAll(table, members, model);
			}
		}
		expectAll(table, members, model);
	}

	private static void expectAll(SubscriptionTable table, List<Member> members, Map<TopicMember, Subscription> model) {
		assertThat(members).allSatisfy((member) -> assertThat(table.get(member)).isSameAs(model.get(member)));
		List<Subscription> visited = new ArrayList<>();
		table.forEach(visited::add);
		assertThat(visited).containsExactlyInAnyOrderElementsOf(model.values());
	}

}
