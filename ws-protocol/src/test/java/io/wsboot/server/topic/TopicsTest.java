package io.wsboot.server.topic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.wsboot.Message;
import io.wsboot.SessionClosedException;
import io.wsboot.TopicLimitException;
import io.wsboot.WsTopic;
import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.outbound.Encoded;
import io.wsboot.server.outbound.MessageEncoder;
import io.wsboot.server.spi.WsServerObserver.Limit;
import io.wsboot.server.topic.SteppedTopics.Member;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Topics on loops that a test drives task by task: no thread, no socket, no time.
 */
class TopicsTest {

	private final SteppedTopics on = new SteppedTopics(2, TopicOptions.DEFAULTS);

	private final Member ann = new Member(0);

	private final Member bob = new Member(0);

	private final Member cat = new Member(1);

	@Nested
	class APublishedMessage {

		@Test
		void reachesTheMembersOfItsTopicAndNobodyElse() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.subscribe("java", TopicsTest.this.cat);
			TopicsTest.this.on.subscribe("rust", TopicsTest.this.bob);
			TopicsTest.this.on.publish("java", "hello");
			TopicsTest.this.on.run();
			expect("ann [hello], bob [], cat [hello]");
		}

		@Test
		void isLeftForLoopsWithMembersOnly() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.cat);
			TopicsTest.this.on.run();
			assertThat(TopicsTest.this.on.publish("java", "hello")).isCompleted();
			assertThat(TopicsTest.this.on.loops).extracting((loop) -> loop.tasks.size()).containsExactly(0, 1);
		}

		@Test
		void reachesWhoHasSubscribedBeforeAndNotWhoSubscribesLater() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.publish("java", "one");
			TopicsTest.this.on.subscribe("java", TopicsTest.this.bob);
			TopicsTest.this.on.publish("java", "two");
			TopicsTest.this.on.run();
			expect("ann [one, two], bob [two], cat []");
		}

		@Test
		void reachesWhoUnsubscribesLaterAndNotWhoHasUnsubscribedBefore() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.subscribe("java", TopicsTest.this.bob);
			TopicsTest.this.on.publish("java", "one");
			TopicsTest.this.on.unsubscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.publish("java", "two");
			TopicsTest.this.on.run();
			expect("ann [one], bob [one, two], cat []");
		}

		@Test
		void isNotSentToThoseThatAreLeftOut() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.subscribe("java", TopicsTest.this.bob);
			TopicsTest.this.on.subscribe("java", TopicsTest.this.cat);
			TopicsTest.this.on.publish("java", "one", TopicsTest.this.ann);
			TopicsTest.this.on.publish("java", "two", TopicsTest.this.ann, TopicsTest.this.cat);
			TopicsTest.this.on.run();
			expect("ann [], bob [one, two], cat [one]");
		}

		@Test
		void isNotEncodedForATopicWithoutMembers() {
			TopicsTest.this.on.topics.publish("java", new Object() {

				@Override
				public int hashCode() {
					throw new AssertionError("asked for the key");
				}

			}, Message.text("hello"), List.of());
			assertThat(TopicsTest.this.on.topics.count()).isZero();
		}

		/**
		 * The calling thread encodes, so that two loops do not do so at the same time.
		 */
		@Test
		void isEncodedBeforeTheLoopsGetIt() {
			List<ByteBuffer> encoded = new ArrayList<>();
			for (int loop = 0; loop < 2; loop++) {
				TopicsTest.this.on.subscribe("java", new Member(loop) {

					@Override
					public void deliver(MessageEncoder message) {
						encoded.add(Encoded.plain(message));
					}

				});
			}
			TopicsTest.this.on.run();
			TopicsTest.this.on.publish("java", "hello");
			TopicsTest.this.on.run();
			assertThat(encoded).hasSize(2);
			assertThat(encoded.get(0)).isSameAs(encoded.get(1));
		}

	}

	@Nested
	class ASubscription {

		@Test
		void isMadeOnce() {
			CompletionStage<?> first = TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			CompletionStage<?> second = TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			assertThat(first.toCompletableFuture()).isNotDone();
			TopicsTest.this.on.run();
			assertThat(first).isCompleted();
			assertThat(second).isCompleted();
			assertThat(TopicsTest.this.on.topics.topic("java").count()).isEqualTo(1);
			TopicsTest.this.on.publish("java", "hello");
			TopicsTest.this.on.unsubscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.run();
			expect("ann [hello], bob [], cat []");
			expectNothingLeft();
		}

		@Test
		void endsWithTheSession() {
			for (String topic : List.of("a", "b", "c")) {
				TopicsTest.this.on.subscribe(topic, TopicsTest.this.ann);
				TopicsTest.this.on.subscribe(topic, TopicsTest.this.bob);
			}
			TopicsTest.this.on.run();
			TopicsTest.this.on.end(TopicsTest.this.ann);
			assertThat(TopicsTest.this.on.topics.topic("b").count()).isEqualTo(1);
			TopicsTest.this.on.publish("b", "hello");
			TopicsTest.this.on.run();
			expect("ann [], bob [hello], cat []");
			TopicsTest.this.on.end(TopicsTest.this.bob);
			expectNothingLeft();
		}

		@ParameterizedTest
		@CsvSource({ "a b c, ", "a c b, ", "b a, c", "c, a b", "b, a c" })
		void endsInAnyOrder(String ended, String left) {
			for (String topic : List.of("a", "b", "c")) {
				TopicsTest.this.on.subscribe(topic, TopicsTest.this.ann);
			}
			for (String topic : ended.split(" ")) {
				assertThat(TopicsTest.this.on.unsubscribe(topic, TopicsTest.this.ann).toCompletableFuture())
					.isNotDone();
			}
			TopicsTest.this.on.run();
			assertThat(TopicsTest.this.on.topics.stream().map(WsTopic::name))
				.containsExactlyInAnyOrder((left != null) ? left.split(" ") : new String[0]);
			TopicsTest.this.on.end(TopicsTest.this.ann);
			expectNothingLeft();
		}

		@Test
		void ofASessionThatHasEndedFails() {
			CompletionStage<?> onTheWay = TopicsTest.this.on.subscribe("java", TopicsTest.this.ann);
			TopicsTest.this.on.end(TopicsTest.this.ann);
			TopicsTest.this.on.run();
			expectFailure(onTheWay, SessionClosedException.class);
			expectFailure(TopicsTest.this.on.subscribe("java", TopicsTest.this.ann), SessionClosedException.class);
			expectNothingLeft();
		}

		@Test
		void onALoopThatHasEndedFails() {
			TopicsTest.this.on.subscribe("java", TopicsTest.this.bob);
			TopicsTest.this.on.loops.get(0).ended = true;
			expectFailure(TopicsTest.this.on.subscribe("java", TopicsTest.this.ann), SessionClosedException.class);
			assertThat(TopicsTest.this.on.unsubscribe("java", TopicsTest.this.bob)).isCompleted();
		}

		@Test
		void thatIsNoneEndsAtOnce() {
			assertThat(TopicsTest.this.on.unsubscribe("java", TopicsTest.this.ann)).isCompleted();
			TopicsTest.this.on.subscribe("java", TopicsTest.this.cat);
			assertThat(TopicsTest.this.on.unsubscribe("java", TopicsTest.this.ann)).isCompleted();
		}

		/** As an observer may do that hears of a dropped message. */
		@Test
		void mayEndWhileAMessageIsDelivered() {
			List<Member> members = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				members.add(new Member(0) {

					@Override
					public void deliver(MessageEncoder message) {
						super.deliver(message);
						for (Member other : members) {
							other.open = false;
							TopicsTest.this.on.topics.ended(other);
						}
					}

				});
			}
			members.forEach((member) -> TopicsTest.this.on.subscribe("java", member));
			TopicsTest.this.on.run();
			TopicsTest.this.on.publish("java", "hello");
			TopicsTest.this.on.run();
			assertThat(members).allSatisfy((member) -> assertThat(member.got).containsExactly("hello"));
			expectNothingLeft();
		}

	}

	@Nested
	class Limits {

		private final SteppedTopics limited = new SteppedTopics(2, new TopicOptions(2, 3, 10, 1000, 1, List.of()));

		@Test
		void ofTheSubscriptionsOfASession() {
			this.limited.subscribe("a", TopicsTest.this.ann);
			this.limited.subscribe("b", TopicsTest.this.ann);
			this.limited.subscribe("b", TopicsTest.this.bob);
			CompletionStage<?> third = this.limited.subscribe("c", TopicsTest.this.ann);
			this.limited.run();
			expectFailure(third, TopicLimitException.class);
			assertThat(this.limited.limited).containsExactly(Limit.SUBSCRIPTIONS_PER_SESSION);
			assertThat(this.limited.topics.count()).isEqualTo(2);
			this.limited.unsubscribe("a", TopicsTest.this.ann);
			CompletionStage<?> again = this.limited.subscribe("c", TopicsTest.this.ann);
			this.limited.run();
			assertThat(again).isCompleted();
		}

		@Test
		void ofTheTopics() {
			this.limited.subscribe("a", TopicsTest.this.ann);
			this.limited.subscribe("b", TopicsTest.this.bob);
			this.limited.subscribe("c", TopicsTest.this.cat);
			expectFailure(this.limited.subscribe("d", TopicsTest.this.cat), TopicLimitException.class);
			assertThat(this.limited.limited).containsExactly(Limit.TOPICS);
			this.limited.subscribe("c", TopicsTest.this.bob); // which is there already
			this.limited.unsubscribe("a", TopicsTest.this.ann);
			this.limited.run();
			CompletionStage<?> again = this.limited.subscribe("d", TopicsTest.this.cat);
			this.limited.run();
			assertThat(again).isCompleted();
			assertThat(this.limited.topics.stream().map(WsTopic::name)).containsExactlyInAnyOrder("b", "c", "d");
		}

		@ParameterizedTest
		@CsvSource({ "aaaaaaaaaa, aaaaaaaaaaa", "\u00E9\u00E9\u00E9\u00E9\u00E9, \u00E9\u00E9\u00E9\u00E9\u00E9a" })
		void ofTheSizeOfAMessage(String longest, String tooLong) {
			this.limited.publish("a", longest);
			assertThatExceptionOfType(TopicLimitException.class).isThrownBy(() -> this.limited.publish("a", tooLong))
				.withMessageContaining("11 bytes");
			this.limited.subscribe("a", TopicsTest.this.ann);
			this.limited.publish("a", longest);
			assertThatExceptionOfType(TopicLimitException.class).isThrownBy(() -> this.limited.publish("a", tooLong));
			this.limited.run();
			expect("ann [" + longest + "], bob [], cat []");
			assertThat(this.limited.limited).containsExactly(Limit.TOPIC_MESSAGE_SIZE, Limit.TOPIC_MESSAGE_SIZE);
		}

		/** Three messages wait, with 256 bytes for each beside its payload. */
		@Test
		void ofWhatWaitsForALoop() {
			this.limited.subscribe("a", TopicsTest.this.ann);
			this.limited.subscribe("a", TopicsTest.this.cat);
			this.limited.loops.get(1).run();
			for (int i = 1; i <= 3; i++) {
				assertThat(this.limited.publish("a", "message " + i)).isCompleted();
			}
			this.limited.loops.get(1).run(); // loop 0 is busy with something else
			expectFailure(this.limited.publish("a", "message 4"), TopicLimitException.class);
			assertThat(this.limited.limited).containsExactly(Limit.TOPIC_PENDING);
			this.limited.run();
			assertThat(this.limited.publish("a", "message 5")).isCompleted();
			this.limited.run();
			String expected = "[message 1, message 2, message 3, message 5]";
			expect("ann " + expected + ", bob [], cat " + expected);
		}

		@ParameterizedTest
		@CsvSource({ "0, 1, 1, 1, 1, max-subscriptions", "1, 0, 1, 1, 1, max-topics", "1, 1, 0, 1, 1, max-message-size",
				"1, 1, 1, 0, 1, max-pending", "1, 1, 1, 1, 0, max-history" })
		void areAtLeastOne(int subscriptions, int topics, int messageSize, long pending, long history, String option) {
			assertThatExceptionOfType(InvalidOptionException.class)
				.isThrownBy(() -> new TopicOptions(subscriptions, topics, messageSize, pending, history, List.of()))
				.withMessageContaining("topics." + option + " is 0");
		}

	}

	private void expect(String got) {
		assertThat("ann " + this.ann.got + ", bob " + this.bob.got + ", cat " + this.cat.got).isEqualTo(got);
	}

	private void expectNothingLeft() {
		assertThat(this.on.topics.count()).isZero();
		assertThat(this.on.topics.stream()).isEmpty();
		assertThat(this.on.topics.subscribedSessions()).isZero();
	}

	private static void expectFailure(CompletionStage<?> stage, Class<? extends Throwable> failure) {
		assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> stage.toCompletableFuture().join())
			.withCauseInstanceOf(failure);
	}

}
