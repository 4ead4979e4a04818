package io.wsboot.spring.endpoint;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonView;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.validation.BindException;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Jackson's views of what is read and written. */
class JsonViewTests {

	private static final Account ANN = new Account("ann", "1234");

	private static final String OPEN = "{\"name\":\"ann\"}";

	private static final String ALL = "{\"name\":\"ann\",\"pin\":\"1234\"}";

	private final RecordingSession session = new RecordingSession();

	static Stream<Arguments> replies() {
		return Stream.of(Arguments.of(Returns.class, OPEN), Arguments.of(ReturnsList.class, "[" + OPEN + "]"),
				Arguments.of(ReturnsObject.class, OPEN), Arguments.of(ReturnsStage.class, OPEN),
				Arguments.of(ReturnsMono.class, OPEN), Arguments.of(ReturnsFlux.class, OPEN),
				Arguments.of(ReturnsWider.class, ALL), Arguments.of(Composed.class, OPEN),
				Arguments.of(OfTheInterface.class, OPEN), Arguments.of(NoView.class, ALL),
				Arguments.of(ReturnsText.class, "text"));
	}

	@ParameterizedTest
	@MethodSource
	void replies(Class<?> endpoint, String expected) throws Exception {
		Endpoints.handlerOf(endpoint).onText(this.session, "m");
		assertThat(this.session.failures).isEmpty();
		assertThat(this.session.sent).containsExactly(Message.text(expected));
	}

	@Test
	void repliesOfOtherCallbacks() throws Throwable {
		WsHandler handler = Endpoints.handlerOf(OtherCallbacks.class);
		handler.onOpen(this.session);
		handler.onError(this.session, new IllegalStateException());
		assertThat(this.session.sent).hasSize(2).containsOnly(Message.text(OPEN));
	}

	@ParameterizedTest
	@ValueSource(classes = { Takes.class, TakesComposed.class, TakesConcurrently.class })
	void fieldsOfOtherViewsAreNotTakenFromTheClient(Class<?> endpoint) throws Exception {
		Endpoints.handlerOf(endpoint).onText(this.session, ALL);
		assertThat(this.session.sent).containsExactly(Message.text(new Account("ann", null).toString()));
	}

	@Test
	void elementsToo() throws Exception {
		Endpoints.handlerOf(TakesList.class).onText(this.session, "[" + ALL + "]");
		assertThat(this.session.sent).containsExactly(Message.text(List.of(new Account("ann", null)).toString()));
	}

	@Test
	void withValidation() throws Exception {
		WsHandler handler = Endpoints.only(Endpoints.in(TakesValid.class, LocalValidatorFactoryBean.class)).handler();
		handler.onText(this.session, ALL);
		assertThat(this.session.sent).containsExactly(Message.text(new Account("ann", null).toString()));
		assertThat(catchThrowable(() -> handler.onText(this.session, "{\"name\":\"\"}")))
			.isInstanceOf(BindException.class);
	}

	@Test
	void theViewOfAMethodIsNotThatOfItsPayload() throws Exception {
		Endpoints.handlerOf(ReturnsWhatItTakes.class).onText(this.session, ALL);
		assertThat(ReturnsWhatItTakes.taken).isEqualTo(ANN);
		assertThat(this.session.sent).containsExactly(Message.text(OPEN));
	}

	static Stream<Arguments> sentences() {
		return Stream.of(
				Arguments.of(SeveralViews.class,
						"Endpoint method #.on(String) has a @JsonView of 2 classes, but one view is written."),
				Arguments.of(SeveralViewsOfPayload.class,
						"Parameter 1 of endpoint method #.on(Account), 'account', has a @JsonView of 2 classes, but one view is read."));
	}

	@ParameterizedTest
	@MethodSource
	void sentences(Class<?> endpoint, String problem) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.in(endpoint))
			.withMessage(problem.replace("#", endpoint.getName()))
			.satisfies((ex) -> assertThat(ex.advice()).isEqualTo("Name exactly one class in @JsonView."));
	}

	@ParameterizedTest
	@ValueSource(classes = { Returns.class, Takes.class })
	void aCodecThatKnowsNoViewsStopsTheStart(Class<?> endpoint) {
		JsonCodec codec = new JsonCodec() {

			@Override
			public Reader readerFor(java.lang.reflect.Type type) {
				return (text) -> text;
			}

			@Override
			public String write(Object value) {
				return value.toString();
			}

		};
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Endpoints.in(codec, new AnnotationConfigApplicationContext(endpoint)))
			.withMessageContaining("has a @JsonView, but " + codec.getClass().getName() + " knows no views");
	}

	@ParameterizedTest
	@ValueSource(classes = { Returns.class, Takes.class })
	void aConverterThatKnowsNoViewsStopsTheStart(Class<?> endpoint) {
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Endpoints.in(endpoint, AccountConverter.class))
			.withMessageContaining("has a @JsonView, but " + AccountConverter.class.getName() + " knows no views");
	}

	interface Open {

	}

	interface Secret extends Open {

	}

	record Account(@JsonView(Open.class) @NotBlank String name, @JsonView(Secret.class) @Nullable String pin) {
	}

	static class AccountConverter implements WsMessageConverter {

		@Override
		public boolean supports(ResolvableType type) {
			return type.toClass() == Account.class;
		}

		@Override
		public boolean isBinary() {
			return false;
		}

		@Override
		public Object read(Message message, ResolvableType type) {
			return ANN;
		}

		@Override
		public Message write(Object payload) {
			return Message.text("written");
		}

	}

	@WsEndpoint("/")
	static class Returns {

		@OnMessage
		@JsonView(Open.class)
		Account on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class ReturnsList {

		@OnMessage
		@JsonView(Open.class)
		List<Account> on(String text) {
			return List.of(ANN);
		}

	}

	@WsEndpoint("/")
	static class ReturnsObject {

		@OnMessage
		@JsonView(Open.class)
		Object on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class ReturnsStage {

		@OnMessage
		@JsonView(Open.class)
		CompletionStage<Account> on(String text) {
			return CompletableFuture.completedFuture(ANN);
		}

	}

	@WsEndpoint("/")
	static class ReturnsMono {

		@OnMessage
		@JsonView(Open.class)
		Mono<Account> on(String text) {
			return Mono.just(ANN);
		}

	}

	@WsEndpoint("/")
	static class ReturnsFlux {

		@OnMessage
		@JsonView(Open.class)
		Flux<Account> on(String text) {
			return Flux.just(ANN);
		}

	}

	@WsEndpoint("/")
	static class ReturnsWider {

		@OnMessage
		@JsonView(Secret.class)
		Account on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class ReturnsText {

		@OnMessage
		@JsonView(Open.class)
		String on(String text) {
			return "text";
		}

	}

	@JsonView(Open.class)
	@Retention(RetentionPolicy.RUNTIME)
	@interface ForEverybody {

	}

	@WsEndpoint("/")
	static class Composed {

		@OnMessage
		@ForEverybody
		Account on(String text) {
			return ANN;
		}

	}

	interface Declares {

		@OnMessage
		@JsonView(Open.class)
		Account on(String text);

	}

	@WsEndpoint("/")
	static class OfTheInterface implements Declares {

		@Override
		public Account on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class NoView {

		@OnMessage
		Account on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class OtherCallbacks {

		@OnOpen
		@JsonView(Open.class)
		Account open() {
			return ANN;
		}

		@OnError
		@JsonView(Open.class)
		Account failed(IllegalStateException ex) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class Takes {

		@OnMessage
		String on(@JsonView(Open.class) Account account) {
			return account.toString();
		}

	}

	@WsEndpoint("/")
	static class TakesList {

		@OnMessage
		String on(@JsonView(Open.class) List<Account> accounts) {
			return accounts.toString();
		}

	}

	@WsEndpoint("/")
	static class TakesComposed {

		@OnMessage
		String on(@OfEverybody Account account) {
			return account.toString();
		}

	}

	@JsonView(Open.class)
	@Retention(RetentionPolicy.RUNTIME)
	@interface OfEverybody {

	}

	@WsEndpoint(path = "/", concurrency = 4)
	static class TakesConcurrently {

		@OnMessage
		String on(@JsonView(Open.class) Account account) {
			return account.toString();
		}

	}

	@WsEndpoint("/")
	static class TakesValid {

		@OnMessage
		String on(@Valid @JsonView(Open.class) Account account) {
			return account.toString();
		}

	}

	@WsEndpoint("/")
	static class ReturnsWhatItTakes {

		static @Nullable Account taken;

		@OnMessage
		@JsonView(Open.class)
		Account on(Account account) {
			taken = account;
			return account;
		}

	}

	@WsEndpoint("/")
	static class SeveralViews {

		@OnMessage
		@JsonView({ Open.class, Secret.class })
		Account on(String text) {
			return ANN;
		}

	}

	@WsEndpoint("/")
	static class SeveralViewsOfPayload {

		@OnMessage
		String on(@JsonView({ Open.class, Secret.class }) Account account) {
			return "";
		}

	}

}
