package io.wsboot.spring.endpoint;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How an endpoint judges handshakes. */
class HandshakeTests {

	private static HandshakeDecision judge(Class<?> endpoint, @Nullable String query) throws Exception {
		return Endpoints.handlerOf(endpoint)
			.onHandshake(Endpoints.request(query, Map.of("room", "java")))
			.toCompletableFuture()
			.join();
	}

	@Nested
	class Answers {

		static Stream<Arguments> answers() {
			HandshakeDecision yes = HandshakeDecision.accept();
			return Stream.of(Arguments.of(ReturnsNothing.class, yes), Arguments.of(ReturnsTrue.class, yes),
					Arguments.of(ReturnsFalse.class, HandshakeCallback.RETURNED_FALSE),
					Arguments.of(ReturnsDecision.class, HandshakeDecision.refuse(418)),
					Arguments.of(ReturnsRefusalType.class,
							HandshakeDecision.refuse(429).withHeader("Retry-After", "5")),
					Arguments.of(ReturnsStageOfDecision.class, HandshakeDecision.refuse(401)),
					Arguments.of(ReturnsStageOfBoolean.class, HandshakeCallback.RETURNED_FALSE),
					Arguments.of(ReturnsStageOfNothing.class, yes), Arguments.of(HasNone.class, yes));
		}

		@ParameterizedTest
		@MethodSource
		void answers(Class<?> endpoint, HandshakeDecision expected) throws Exception {
			HandshakeDecision decision = judge(endpoint, null);
			if (expected instanceof HandshakeDecision.Refuse refusal) {
				assertThat(decision).isInstanceOfSatisfying(HandshakeDecision.Refuse.class, (refused) -> {
					assertThat(refused.status()).isEqualTo(refusal.status());
					assertThat(refused.headers().all("Retry-After")).isEqualTo(refusal.headers().all("Retry-After"));
				});
			}
			else {
				assertThat(decision).isEqualTo(expected);
			}
		}

		@Test
		void nullIsNoDecision() {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> judge(ReturnsNull.class, null))
				.withMessageContaining("ReturnsNull.on()");
		}

		@Test
		void aLateNullIsNoDecision() {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> judge(ReturnsStageOfNull.class, null))
				.withCauseInstanceOf(IllegalStateException.class);
		}

		@Test
		void exceptionsComeThrough() {
			assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> judge(Throws.class, null))
				.withMessage("no database");
		}

	}

	@Nested
	class Parameters {

		@Test
		void requestPathAndQuery() throws Exception {
			assertThat(judge(TakesAll.class, "token=t%2B1")).isInstanceOfSatisfying(HandshakeDecision.Accept.class,
					(accepted) -> {
						assertThat(accepted.attributes()).containsEntry("seen", "/raw java t+1");
						assertThat(accepted.subprotocol()).isEqualTo("chat");
					});
		}

		@Test
		void seededAttributesAreNotLost() throws Exception {
			WsHandler handler = Endpoints.handlerOf(TakesAll.class);
			assertThat(Endpoints.open(handler, Endpoints.request("token=t", Map.of("room", "java"))).attributes())
				.containsEntry("seen", "/raw java t");
		}

	}

	@Nested
	class BadParameters {

		@ParameterizedTest
		@ValueSource(strings = { "", "n=", "n=x", "n=99999999999", "n=1.5", "m=1" })
		void areRefusedWith400(String query) throws Exception {
			assertThat(judge(TakesNumber.class, query)).isEqualTo(AnnotatedEndpoint.BAD_PARAMETERS);
		}

		@Test
		void areRefusedBeforeTheEndpointIsAsked() throws Exception {
			TakesNumber.asked = 0;
			judge(TakesNumber.class, "n=x");
			assertThat(TakesNumber.asked).isZero();
			judge(TakesNumber.class, "n=1");
			assertThat(TakesNumber.asked).isEqualTo(1);
		}

		@Test
		void areRefusedAlsoWhereAnotherCallbackTakesThem() throws Exception {
			assertThat(judge(OpenTakesNumber.class, "n=x")).isEqualTo(AnnotatedEndpoint.BAD_PARAMETERS);
			assertThat(judge(OpenTakesNumber.class, "n=5")).isInstanceOf(HandshakeDecision.Accept.class);
		}

		@Test
		void optionalOnesOfTheWrongTypeAreRefusedToo() throws Exception {
			assertThat(judge(OptionalNumber.class, "n=x")).isEqualTo(AnnotatedEndpoint.BAD_PARAMETERS);
			assertThat(judge(OptionalNumber.class, null)).isInstanceOf(HandshakeDecision.Accept.class);
		}

	}

	@WsEndpoint("/{room}")
	static class HasNone {

		@OnOpen
		void open() {
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsNothing {

		@OnHandshake
		void on() {
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsTrue {

		@OnHandshake
		boolean on() {
			return true;
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsFalse {

		@OnHandshake
		Boolean on() {
			return false;
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsDecision {

		@OnHandshake
		HandshakeDecision on() {
			return HandshakeDecision.refuse(418);
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsRefusalType {

		@OnHandshake
		HandshakeDecision.Refuse on() {
			return HandshakeDecision.refuse(429).withHeader("Retry-After", "5");
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsStageOfDecision {

		@OnHandshake
		CompletionStage<HandshakeDecision> on() {
			return CompletableFuture.completedFuture(HandshakeDecision.refuse(401));
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsStageOfBoolean {

		@OnHandshake
		CompletableFuture<Boolean> on() {
			return CompletableFuture.completedFuture(false);
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsStageOfNothing {

		@OnHandshake
		CompletableFuture<Void> on() {
			return CompletableFuture.completedFuture(null);
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsNull {

		@OnHandshake
		@Nullable HandshakeDecision on() {
			return null;
		}

	}

	@WsEndpoint("/{room}")
	static class ReturnsStageOfNull {

		@OnHandshake
		CompletionStage<@Nullable Boolean> on() {
			return CompletableFuture.completedFuture(null);
		}

	}

	@WsEndpoint("/{room}")
	static class Throws {

		@OnHandshake
		void on() throws java.io.IOException {
			throw new java.io.IOException("no database");
		}

	}

	@WsEndpoint("/{room}")
	static class TakesAll {

		@OnHandshake
		HandshakeDecision on(HandshakeRequest request, @PathParam String room, @QueryParam String token) {
			return HandshakeDecision.accept()
				.withAttribute("seen", request.path() + " " + room + " " + token)
				.withSubprotocol("chat");
		}

	}

	@WsEndpoint("/{room}")
	static class TakesNumber {

		static int asked;

		@OnHandshake
		void on(@QueryParam int n) {
			asked++;
		}

	}

	@WsEndpoint("/{room}")
	static class OpenTakesNumber {

		@OnOpen
		void on(@QueryParam int n) {
		}

	}

	@WsEndpoint("/{room}")
	static class OptionalNumber {

		@OnOpen
		void on(@QueryParam java.util.Optional<Integer> n) {
		}

	}

}
