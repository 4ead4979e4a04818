package io.wsboot.server.topic;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.wsboot.Recovery;
import io.wsboot.TopicPosition;
import io.wsboot.WsTopic;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.TopicKind;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.topic.SteppedTopics.Member;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Topics with history on loops that a test drives task by task.
 */
class RecoveryTest {

	private static final Duration TTL = Duration.ofNanos(1_000_000);

	private static final TopicKind ROOMS = new TopicKind("rooms/*", 3, TTL);

	private final SteppedTopics on = new SteppedTopics(2, TopicOptions.DEFAULTS.withKinds(ROOMS));

	private final Member ann = new Member(0);

	private final Member bob = new Member(1);

	private static <T> T now(CompletionStage<T> stage) {
		assertThat(stage).isCompleted();
		return stage.toCompletableFuture().join();
	}

	private TopicPosition publish(String... texts) {
		TopicPosition position = null;
		for (String text : texts) {
			position = now(this.on.publish("rooms/java", text));
		}
		return position;
	}

	private Recovery subscribe(Member member, TopicPosition from) {
		CompletionStage<Recovery> subscribed = this.on.subscribe("rooms/java", member, from);
		this.on.run();
		return now(subscribed);
	}

	@Nested
	class ASubscriptionFromAPosition {

		@Test
		void getsWhatWasMissedAndThenWhatIsPublished() {
			TopicPosition one = publish("one");
			publish("two", "three");
			CompletionStage<Recovery> subscribed = RecoveryTest.this.on.subscribe("rooms/java", RecoveryTest.this.ann,
					one);
			TopicPosition four = publish("four");
			RecoveryTest.this.on.run();
			assertThat(RecoveryTest.this.ann.got).containsExactly("two", "three", "four");
			assertThat(now(subscribed)).isEqualTo(new Recovery(true, new TopicPosition(one.epoch(), 3), 2));
			assertThat(four).isEqualTo(new TopicPosition(one.epoch(), 4));
		}

		@Test
		void getsAllOrNothing() {
			TopicPosition none = subscribe(RecoveryTest.this.bob, TopicPosition.NONE).position();
			assertThat(none.offset()).isZero();
			TopicPosition last = publish("one", "two", "three");
			assertThat(subscribe(RecoveryTest.this.ann, none)).isEqualTo(new Recovery(true, last, 3));
			assertThat(RecoveryTest.this.ann.got).containsExactly("one", "two", "three");
			last = publish("four"); // the history has room for three
			Member cat = new Member(0);
			assertThat(subscribe(cat, none)).isEqualTo(new Recovery(false, last, 0));
			assertThat(cat.got).isEmpty();
			publish("five");
			RecoveryTest.this.on.run();
			assertThat(cat.got).containsExactly("five");
		}

		@Test
		void atTheEndHasMissedNothing() {
			TopicPosition last = publish("one", "two", "three", "four");
			assertThat(subscribe(RecoveryTest.this.ann, last)).isEqualTo(new Recovery(true, last, 0));
			assertThat(RecoveryTest.this.ann.got).isEmpty();
		}

		@Test
		void thatTheTopicHasNeverHadIsNotRecovered() {
			TopicPosition last = publish("one", "two");
			for (TopicPosition wrong : List.of(TopicPosition.NONE, new TopicPosition("other", 2),
					new TopicPosition(last.epoch(), 3), new TopicPosition(last.epoch(), Long.MAX_VALUE))) {
				Member member = new Member(0);
				assertThat(subscribe(member, wrong)).as("%s", wrong).isEqualTo(new Recovery(false, last, 0));
				assertThat(member.got).isEmpty();
			}
		}

		@Test
		void ofAMemberGetsNothingTwice() {
			TopicPosition one = publish("one");
			publish("two");
			subscribe(RecoveryTest.this.ann, one);
			assertThat(subscribe(RecoveryTest.this.ann, one).recovered()).isFalse();
			publish("three");
			RecoveryTest.this.on.run();
			assertThat(RecoveryTest.this.ann.got).containsExactly("two", "three");
		}

		@Test
		void getsTooWhatTheSessionWasLeftOutOf() {
			TopicPosition zero = subscribe(RecoveryTest.this.ann, TopicPosition.NONE).position();
			subscribe(RecoveryTest.this.bob, TopicPosition.NONE);
			now(RecoveryTest.this.on.publish("rooms/java", "by ann", RecoveryTest.this.ann));
			RecoveryTest.this.on.run();
			assertThat(RecoveryTest.this.ann.got).isEmpty();
			assertThat(RecoveryTest.this.bob.got).containsExactly("by ann");
			Member annAgain = new Member(0);
			assertThat(subscribe(annAgain, zero).messages()).isEqualTo(1);
			assertThat(annAgain.got).containsExactly("by ann");
		}

		@Test
		void inALiveTopicIsNotRecovered() {
			RecoveryTest.this.on.subscribe("live", RecoveryTest.this.bob);
			assertThat(now(RecoveryTest.this.on.publish("live", "one"))).isEqualTo(TopicPosition.NONE);
			CompletionStage<Recovery> subscribed = RecoveryTest.this.on.subscribe("live", RecoveryTest.this.ann,
					TopicPosition.NONE);
			RecoveryTest.this.on.run();
			assertThat(now(subscribed)).isEqualTo(new Recovery(false, TopicPosition.NONE, 0));
			assertThat(RecoveryTest.this.ann.got).isEmpty();
		}

		@Test
		void thatHasEndedGetsNothing() {
			subscribe(RecoveryTest.this.ann, TopicPosition.NONE);
			RecoveryTest.this.on.unsubscribe("rooms/java", RecoveryTest.this.ann);
			publish("one");
			RecoveryTest.this.on.run();
			assertThat(RecoveryTest.this.ann.got).isEmpty();
		}

	}

	@Nested
	class AHistory {

		@ParameterizedTest
		@CsvSource({ "999999, true", "1000000, false" })
		void keepsMessagesForATime(long age, boolean recovered) {
			TopicPosition zero = subscribe(RecoveryTest.this.bob, TopicPosition.NONE).position();
			publish("one");
			RecoveryTest.this.on.now += age;
			assertThat(subscribe(RecoveryTest.this.ann, zero).recovered()).isEqualTo(recovered);
			assertThat(RecoveryTest.this.ann.got).hasSize(recovered ? 1 : 0);
		}

		@Test
		void keepsItsTopicUntilItIsTooOld() {
			publish("one");
			assertThat(RecoveryTest.this.on.topics.count()).isEqualTo(1);
			assertThat(RecoveryTest.this.on.topics.historyBytes()).isEqualTo(131);
			assertThat(RecoveryTest.this.on.topics.topic("rooms/java").count()).isZero();
			RecoveryTest.this.on.now += TTL.toNanos() - 1;
			RecoveryTest.this.on.sweep();
			assertThat(RecoveryTest.this.on.topics.count()).isEqualTo(1);
			RecoveryTest.this.on.now++;
			RecoveryTest.this.on.sweep();
			expectNothingLeft();
		}

		@Test
		void endsAnEpochWithItsTopic() {
			TopicPosition before = publish("one");
			RecoveryTest.this.on.now += TTL.toNanos();
			RecoveryTest.this.on.sweep();
			TopicPosition after = publish("two");
			assertThat(after.offset()).isEqualTo(1);
			assertThat(after.epoch()).isNotEqualTo(before.epoch());
			assertThat(subscribe(RecoveryTest.this.ann, before).recovered()).isFalse();
		}

		/** A member keeps the topic, with its offsets, although no message is left. */
		@Test
		void doesNotEndTheEpochOfAMember() {
			TopicPosition zero = subscribe(RecoveryTest.this.ann, TopicPosition.NONE).position();
			TopicPosition one = publish("one");
			RecoveryTest.this.on.now += TTL.toNanos();
			RecoveryTest.this.on.sweep();
			assertThat(RecoveryTest.this.on.topics.historyBytes()).isZero();
			assertThat(RecoveryTest.this.on.later).isEmpty();
			assertThat(subscribe(new Member(1), one)).isEqualTo(new Recovery(true, one, 0));
			assertThat(subscribe(new Member(1), zero).recovered()).isFalse();
			assertThat(publish("two")).isEqualTo(new TopicPosition(one.epoch(), 2));
			assertThat(RecoveryTest.this.on.later).hasSize(1);
		}

		private void expectNothingLeft() {
			assertThat(RecoveryTest.this.on.topics.count()).isZero();
			assertThat(RecoveryTest.this.on.topics.historyBytes()).isZero();
			assertThat(RecoveryTest.this.on.later).isEmpty();
		}

	}

	/** Each message takes 132 bytes, and ten of them have room. */
	@Nested
	class AllHistories {

		private final SteppedTopics small = new SteppedTopics(1,
				TopicOptions.DEFAULTS.withKinds(new TopicKind("**", 10, TTL)).withMaxHistory(1320));

		private TopicPosition publish(String topic, int messages) {
			this.small.now++;
			return IntStream.range(0, messages)
				.mapToObj((i) -> now(this.small.publish(topic, "text")))
				.reduce((before, last) -> last)
				.orElseThrow();
		}

		private Recovery recover(String topic, TopicPosition position) {
			CompletionStage<Recovery> subscribed = this.small.subscribe(topic, new Member(0), position);
			this.small.run();
			return now(subscribed);
		}

		private TopicPosition back(TopicPosition position) {
			return new TopicPosition(position.epoch(), position.offset() - 1);
		}

		@Test
		void haveRoomForSoMuchAndTheOneUsedLeastRecentlyGoesFirst() {
			TopicPosition a = publish("a", 4);
			TopicPosition b = publish("b", 3);
			TopicPosition c = publish("c", 3);
			assertThat(this.small.limited).isEmpty();
			assertThat(this.small.topics.historyBytes()).isEqualTo(1320);
			this.small.now++;
			assertThat(recover("a", back(a)).recovered()).isTrue(); // which uses it
			publish("c", 1);
			assertThat(this.small.limited).containsExactly(Limit.TOPIC_HISTORY);
			assertThat(this.small.topics.historyBytes()).isEqualTo(8 * 132);
			assertThat(recover("b", back(b)).recovered()).isFalse();
			assertThat(recover("b", b).recovered()).isFalse(); // it was forgotten
			assertThat(recover("a", back(a)).recovered()).isTrue();
			assertThat(recover("c", back(c)).messages()).isEqualTo(2);
		}

		@Test
		void makeRoomForOneMessageInTheOnlyTopic() {
			TopicPosition ten = publish("a", 9);
			now(this.small.publish("a", "x".repeat(1000))); // takes eight with it
			assertThat(this.small.topics.historyBytes()).isEqualTo(132 + 1128);
			assertThat(recover("a", back(ten)).messages()).isEqualTo(2);
		}

		/** The members get it all the same. */
		@Test
		void keepNoMessageThatIsTooBig() {
			Member member = new Member(0);
			this.small.subscribe("a", member);
			TopicPosition three = publish("a", 3);
			TopicPosition four = now(this.small.publish("a", "x".repeat(1193)));
			this.small.run();
			assertThat(member.got).hasSize(4);
			assertThat(this.small.topics.historyBytes()).isZero();
			assertThat(recover("a", three).recovered()).isFalse();
			assertThat(recover("a", four)).isEqualTo(new Recovery(true, four, 0));
		}

	}

	@Nested
	class Kinds {

		@ParameterizedTest
		@CsvSource({ "rooms/*, rooms/java, true", "rooms/*, rooms/, true", "rooms/*, rooms/java/x, false",
				"rooms/*, xrooms/java, false", "rooms/**, rooms/java/x, true", "**, anything/at/all, true",
				"a.c, abc, false", "a.c, a.c, true", "*/x, java/x, true", "*-x-*, a-x-b, true", "*, a/b, false" })
		void haveAPattern(String pattern, String name, boolean matches) {
			assertThat(TopicPattern.of(new TopicKind(pattern, 1, TTL)).matches(name)).isEqualTo(matches);
		}

		@Test
		void areTriedInOrder() {
			SteppedTopics two = new SteppedTopics(1,
					TopicOptions.DEFAULTS.withKinds(new TopicKind("a/*", 1, TTL), new TopicKind("**", 2, TTL)));
			for (String topic : List.of("a/b", "b/b")) {
				IntStream.range(0, 3).forEach((i) -> two.publish(topic, "text"));
			}
			assertThat(two.topics.historyBytes()).isEqualTo(3 * 132);
			assertThat(two.topics.stream().map(WsTopic::name)).containsExactlyInAnyOrder("a/b", "b/b");
		}

		@Test
		void haveLimits() {
			assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> new TopicKind("", 1, TTL))
				.withMessageContaining("topics.kinds.pattern");
			assertThatExceptionOfType(InvalidOptionException.class).isThrownBy(() -> new TopicKind("a", 0, TTL))
				.withMessageContaining("topics.kinds.history-size is 0");
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> new TopicKind("a", 1, Duration.ZERO))
				.withMessageContaining("topics.kinds.history-ttl");
		}

	}

	@Nested
	class APosition {

		@Test
		void isTextForClients() {
			TopicPosition position = publish("one");
			assertThat(TopicPosition.parse(position.toString())).isEqualTo(position);
			assertThat(TopicPosition.parse(TopicPosition.NONE.toString())).isEqualTo(TopicPosition.NONE);
			assertThat(TopicPosition.parse("a.b.17")).isEqualTo(new TopicPosition("a.b", 17));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", ".", "a", "a.", "a.b", "a.-1", "a.9223372036854775808" })
		void isNotAnyText(String text) {
			assertThatIllegalArgumentException().isThrownBy(() -> TopicPosition.parse(text));
		}

	}

}
