package io.wsboot.server.topic;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.server.topic.SteppedTopics.Loop;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One step after another, whatever becomes of a step. */
class TopicOrderTest {

	private final List<String> seen = new ArrayList<>();

	private final TopicOrder order = new TopicOrder(new Loop());

	@Test
	void aStepThatFailsIsOverToo() {
		this.order.execute(() -> {
			this.order.execute(() -> () -> this.seen.add("behind a step that came meanwhile"));
			throw new IllegalStateException("a step that fails");
		});
		this.order.execute(() -> {
			this.seen.add("the next step");
			return null;
		});
		assertThat(this.seen).containsExactly("behind a step that came meanwhile", "the next step");
	}

	@Test
	void whatIsBehindAStepMayComeBackToTheOrder() {
		this.order.execute(() -> {
			this.seen.add("first");
			return () -> this.order.execute(() -> {
				this.seen.add("second");
				return null;
			});
		});
		assertThat(this.seen).containsExactly("first", "second");
	}

}
