package io.wsboot.spring.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.Message;
import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.reply.ReplyStreams;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Replies that are published over time. */
class ReplyStreamTests {

	private final RecordingSession session = new RecordingSession();

	private final Sinks.Many<Object> sink = Sinks.many().unicast().onBackpressureBuffer();

	/** How much has been asked for, and whether it was cancelled. */
	private final List<String> signals = new ArrayList<>();

	private WsHandler handler = Endpoints.handlerOf(Publishing.class);

	@BeforeEach
	void publish() {
		publish(this.sink.asFlux());
	}

	private void publish(Flux<Object> flux) {
		Publishing.reply = flux.doOnRequest((number) -> this.signals.add("request " + number))
			.doOnCancel(() -> this.signals.add("cancel"));
	}

	static Stream<Arguments> types() {
		return Stream.of(Arguments.of(OfMono.class, List.of("one")), Arguments.of(OfEmptyMono.class, List.of()),
				Arguments.of(OfVoidMono.class, List.of()), Arguments.of(OfFlux.class, List.of("1", "2")),
				Arguments.of(OfPublisher.class, List.of("{\"y\":1}", "{\"y\":2}")),
				Arguments.of(OfNull.class, List.of()));
	}

	@ParameterizedTest
	@MethodSource
	void types(Class<?> endpoint, List<String> texts) throws Exception {
		Endpoints.handlerOf(endpoint).onText(this.session, "m");
		assertThat(this.session.sent).isEqualTo(texts.stream().map(Message::text).toList());
		assertThat(this.session.failures).isEmpty();
	}

	@Test
	void aPublisherOfTheJdk() throws Exception {
		OfFlow.publisher = new SubmissionPublisher<>(Runnable::run, 16);
		Endpoints.handlerOf(OfFlow.class).onText(this.session, "m");
		OfFlow.publisher.submit("a");
		OfFlow.publisher.submit("b");
		OfFlow.publisher.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.session.sent).hasSize(2));
	}

	@Test
	void oneElementIsAskedForAtATime() throws Exception {
		this.handler.onText(this.session, "m");
		assertThat(this.signals).containsExactly("request 1");
		this.sink.tryEmitNext("a");
		assertThat(this.session.sent).containsExactly(Message.text("a"));
		assertThat(this.signals).containsExactly("request 1", "request 1");
	}

	@Test
	void noneIsAskedForWhileTheClientIsBehind() throws Exception {
		this.handler.onText(this.session, "m");
		this.session.result = SendResult.CONGESTED;
		this.sink.tryEmitNext("a");
		this.sink.tryEmitNext("b");
		assertThat(this.session.sent).hasSize(1);
		this.session.result = SendResult.QUEUED;
		this.handler.onDrained(this.session);
		assertThat(this.session.sent).containsExactly(Message.text("a"), Message.text("b"));
		this.handler.onDrained(this.session);
		assertThat(this.signals).as("each signal to go on counts once").hasSize(3);
	}

	@Test
	void goesOnAfterADroppedElement() throws Exception {
		this.handler.onText(this.session, "m");
		this.session.result = SendResult.DROPPED;
		this.sink.tryEmitNext("a");
		this.sink.tryEmitNext("b");
		assertThat(this.session.sent).hasSize(2);
		assertThat(this.signals).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sending", "closing" })
	void isCancelledWhenTheSessionIsOver(String how) throws Exception {
		this.handler.onText(this.session, "m");
		if (how.equals("sending")) {
			this.session.result = SendResult.CLOSED;
			this.sink.tryEmitNext("a");
		}
		else {
			this.handler.onClose(this.session, CloseStatus.NORMAL);
		}
		assertThat(this.signals).endsWith("cancel").containsOnlyOnce("cancel");
		int sent = this.session.sent.size();
		this.sink.tryEmitNext("late");
		assertThat(this.session.sent).hasSize(sent);
		assertNothingLeft();
	}

	@Test
	void anErrorIsThrownInTurnWithTheCallbacks() throws Exception {
		this.handler.onText(this.session, "m");
		this.sink.tryEmitError(new IllegalStateException("published"));
		assertThat(this.session.failures).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
			.hasMessage("published");
		assertNothingLeft();
	}

	@Test
	void anElementThatCannotBeWrittenEndsItWithThatError() throws Exception {
		this.handler.onText(this.session, "m");
		this.sink.tryEmitNext(new Unwritable());
		assertThat(this.session.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
		assertThat(this.signals).endsWith("cancel");
		assertNothingLeft();
	}

	@Test
	void aPublisherThatComesLateToASessionThatIsOverIsCancelled() throws Exception {
		List<Flow.Subscriber<? super String>> subscribers = new ArrayList<>();
		OfFlow.publisher = null;
		OfFlow.any = subscribers::add;
		WsHandler handler = Endpoints.handlerOf(OfFlow.class);
		handler.onText(this.session, "m");
		handler.onClose(this.session, CloseStatus.NORMAL);
		subscribers.get(0).onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long n) {
				ReplyStreamTests.this.signals.add("request");
			}

			@Override
			public void cancel() {
				ReplyStreamTests.this.signals.add("cancel");
			}

		});
		assertThat(this.signals).containsExactly("cancel");
	}

	@Test
	void aPublisherThatCannotBeSubscribedToIsTheCallbacksFailure() {
		OfFlow.publisher = null;
		OfFlow.any = (subscriber) -> {
			throw new IllegalStateException("no");
		};
		this.handler = Endpoints.handlerOf(OfFlow.class);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.handler.onText(this.session, "m"))
			.withMessage("no");
		assertNothingLeft();
	}

	@Test
	void soManyAtOnceAndNoMore() throws Exception {
		publish(Flux.never());
		for (int i = 0; i < ReplyStreams.MOST; i++) {
			this.handler.onText(this.session, "m");
		}
		assertThat(this.session.closed).isNull();
		this.handler.onText(this.session, "m");
		assertThat(this.session.closed).isEqualTo(CloseStatus.POLICY_VIOLATION.withReason("too many replies at once"));
		this.handler.onClose(this.session, CloseStatus.POLICY_VIOLATION);
		assertThat(this.signals.stream().filter("cancel"::equals)).hasSize(ReplyStreams.MOST);
		assertNothingLeft();
	}

	@Test
	void anyNumberAfterEachOther() throws Exception {
		publish(Flux.just("a"));
		for (int i = 0; i < 2 * ReplyStreams.MOST; i++) {
			this.handler.onText(this.session, "m");
		}
		assertThat(this.session.closed).isNull();
		assertThat(this.session.sent).hasSize(2 * ReplyStreams.MOST);
		assertNothingLeft();
	}

	@Test
	void aLongStreamNeedsNoDeepStack() throws Exception {
		publish(Flux.fromStream(IntStream.range(0, 100_000).boxed()));
		this.handler.onText(this.session, "m");
		assertThat(this.session.sent).hasSize(100_000).last().isEqualTo(Message.text("99999"));
	}

	@ParameterizedTest
	@ValueSource(classes = { MonoHandshake.class, MonoDecision.class })
	void aMonoJudgesAHandshake(Class<?> endpoint) throws Exception {
		WsHandler handler = Endpoints.handlerOf(endpoint);
		HandshakeDecision yes = handler.onHandshake(Endpoints.request("ok", Map.of())).toCompletableFuture().join();
		HandshakeDecision no = handler.onHandshake(Endpoints.request(null, Map.of())).toCompletableFuture().join();
		assertThat(yes).isInstanceOf(HandshakeDecision.Accept.class);
		assertThat(no).isInstanceOfSatisfying(Refuse.class, (refusal) -> assertThat(refusal.status()).isEqualTo(403));
	}

	@Test
	void aMonoThatIsEmptyJudgesNothing() throws Exception {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> Endpoints.handlerOf(EmptyHandshake.class)
				.onHandshake(Endpoints.request(null, Map.of()))
				.toCompletableFuture()
				.join())
			.withCauseInstanceOf(IllegalStateException.class);
	}

	private void assertNothingLeft() {
		assertThat(((AnnotatedEndpoint) this.handler).streams().isEmpty()).as("streams").isTrue();
	}

	static class Unwritable {

		public String getText() {
			throw new IllegalStateException("cannot be read");
		}

	}

	record Point(int y) {
	}

	@WsEndpoint("/")
	static class Publishing {

		static Flux<Object> reply = Flux.never();

		@OnMessage
		Flux<Object> on(String text) {
			return reply;
		}

	}

	@WsEndpoint("/")
	static class OfMono {

		@OnMessage
		Mono<String> on(String text) {
			return Mono.just("one");
		}

	}

	@WsEndpoint("/")
	static class OfEmptyMono {

		@OnMessage
		Mono<String> on(String text) {
			return Mono.empty();
		}

	}

	@WsEndpoint("/")
	static class OfVoidMono {

		@OnMessage
		Mono<Void> on(String text) {
			return Mono.just(text).then();
		}

	}

	@WsEndpoint("/")
	static class OfFlux {

		@OnMessage
		Flux<Integer> on(String text) {
			return Flux.just(1, 2);
		}

	}

	@WsEndpoint("/")
	static class OfPublisher {

		@OnMessage
		Publisher<Point> on(String text) {
			return Flux.just(new Point(1), new Point(2));
		}

	}

	@WsEndpoint("/")
	static class OfNull {

		@OnMessage
		Flux<Integer> on(String text) {
			return null;
		}

	}

	@WsEndpoint("/")
	static class OfFlow {

		static SubmissionPublisher<String> publisher;

		static Flow.Publisher<String> any;

		@OnMessage
		Flow.Publisher<String> on(String text) {
			return (publisher != null) ? publisher : any;
		}

	}

	private static boolean isOk(HandshakeRequest request) {
		return "ok".equals(request.query());
	}

	@WsEndpoint("/")
	static class MonoHandshake {

		@OnHandshake
		Mono<Boolean> judge(HandshakeRequest request) {
			return Mono.just(isOk(request));
		}

	}

	@WsEndpoint("/")
	static class MonoDecision {

		@OnHandshake
		Mono<HandshakeDecision> judge(HandshakeRequest request) {
			Function<Boolean, HandshakeDecision> decide = (ok) -> ok ? HandshakeDecision.accept()
					: HandshakeDecision.refuse(403);
			return Mono.just(isOk(request)).map(decide);
		}

	}

	@WsEndpoint("/")
	static class EmptyHandshake {

		@OnHandshake
		Mono<Boolean> judge() {
			return Mono.empty();
		}

	}

}
