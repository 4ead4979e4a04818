package io.wsboot.spring.endpoint;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;
import org.springframework.validation.method.MethodValidationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Constraints on the parameters and return values of callbacks, with and without
 * {@code @Validated} on the class.
 */
class MethodValidationTests {

	private final RecordingSession session = new RecordingSession();

	private static WsHandler handlerOf(Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(Validation.class);
		context.register(beans);
		context.refresh();
		Object endpoint = context.getBean(beans[0]);
		assertThat(AopUtils.isAopProxy(endpoint)).as("proxied")
			.isEqualTo(beans[0].isAnnotationPresent(Validated.class));
		return Endpoints.only(Endpoints.in(Endpoints.JSON, context)).handler();
	}

	private void failsWith1007(WsHandler handler, Throwable failure) throws Throwable {
		assertThat(failure).isInstanceOf(BindException.class);
		assertThat(failure.getStackTrace()).as("a client could cause many").isEmpty();
		handler.onError(this.session, failure);
		assertThat(this.session.closed).isEqualTo(CloseStatus.INVALID_PAYLOAD.withReason("invalid message"));
	}

	@ParameterizedTest
	@ValueSource(classes = { Sized.class, ValidatedSized.class, SizedOfTheInterface.class, Composed.class })
	void aPayloadThatBreaksAConstraintClosesWith1007(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onText(this.session, "ok");
		assertThat(this.session.sent).containsExactly(Message.text("ok"));
		failsWith1007(handler, catchThrowable(() -> handler.onText(this.session, "too long")));
		assertThat(this.session.sent).hasSize(1);
	}

	@Test
	void bytesToo() throws Throwable {
		WsHandler handler = handlerOf(SizedBytes.class);
		handler.onBinary(this.session, ByteBuffer.allocate(3));
		failsWith1007(handler, catchThrowable(() -> handler.onBinary(this.session, ByteBuffer.allocate(4))));
	}

	@Test
	void pongsToo() throws Throwable {
		WsHandler handler = handlerOf(SizedBytes.class);
		handler.onPong(this.session, ByteBuffer.allocate(3));
		failsWith1007(handler, catchThrowable(() -> handler.onPong(this.session, ByteBuffer.allocate(4))));
	}

	@ParameterizedTest
	@ValueSource(classes = { Elements.class, ValidatedElements.class })
	void elementsOfAPayload(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onText(this.session, "[\"a\"]");
		assertThat(this.session.sent).containsExactly(Message.text("1"));
		failsWith1007(handler, catchThrowable(() -> handler.onText(this.session, "[\"a\",\"\"]")));
	}

	@ParameterizedTest
	@ValueSource(classes = { NotEmptyList.class, ValidatedNotEmptyList.class })
	void besideValidBothCount(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onText(this.session, "[{\"text\":\"a\"}]");
		assertThat(this.session.sent).containsExactly(Message.text("1"));
		assertThat(catchThrowable(() -> handler.onText(this.session, "[]"))).isInstanceOf(BindException.class);
		failsWith1007(handler, catchThrowable(() -> handler.onText(this.session, "[{\"text\":\"\"}]")));
	}

	@ParameterizedTest
	@ValueSource(classes = { TellsErrors.class, ValidatedTellsErrors.class })
	void onErrorIsToldWhatIsWrong(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onError(this.session, catchThrowable(() -> handler.onText(this.session, "too long")));
		assertThat(this.session.sent).containsExactly(Message.text("text: size must be between 0 and 5"));
		assertThat(this.session.closed).isNull();
	}

	@ParameterizedTest
	@ValueSource(classes = { TakesViolations.class, ValidatedTakesViolations.class })
	void onErrorMayTakeWhatBeanValidationThrows(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onError(this.session, catchThrowable(() -> handler.onText(this.session, "too long")));
		assertThat(this.session.sent).containsExactly(Message.text("violations: 1"));
	}

	static Stream<Arguments> handshakes() {
		return Stream.of(Query.class, ValidatedQuery.class)
			.flatMap((endpoint) -> Stream.of(Arguments.of(endpoint, "page=1", "java", true),
					Arguments.of(endpoint, "page=0", "java", false), Arguments.of(endpoint, "page=1", "JAVA", false),
					Arguments.of(endpoint, "page=1&tag=a&tag=", "java", false),
					Arguments.of(endpoint, "page=1&most=11", "java", false),
					Arguments.of(endpoint, "page=1&most=10&tag=a", "java", true)));
	}

	@ParameterizedTest
	@MethodSource
	void handshakes(Class<?> endpoint, String query, String room, boolean accepted) throws Exception {
		WsHandler handler = handlerOf(endpoint);
		HandshakeDecision decision = handler.onHandshake(Endpoints.request(query, Map.of("room", room)))
			.toCompletableFuture()
			.join();
		if (accepted) {
			assertThat(decision).isInstanceOf(HandshakeDecision.Accept.class);
		}
		else {
			assertThat(decision).isEqualTo(AnnotatedEndpoint.BAD_PARAMETERS);
		}
	}

	@Test
	void whatIsWrongIsFoundBeforeOnHandshakeIsCalled() throws Exception {
		WsHandler handler = handlerOf(Judges.class);
		assertThat(handler.onHandshake(Endpoints.request("page=0", Map.of())))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
		assertThat(handler.onHandshake(Endpoints.request("page=2", Map.of())))
			.isCompletedWithValue(HandshakeDecision.refuse(418));
	}

	@ParameterizedTest
	@ValueSource(classes = { Mixed.class, ValidatedMixed.class })
	void payloadAndParametersOfOneMethod(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		assertThat(handler.onHandshake(Endpoints.request("page=0", Map.of())))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
		RecordingSession open = Endpoints.open(handler, Endpoints.request("page=3", Map.of()));
		handler.onText(open, "{\"text\":\"a\"}");
		assertThat(open.sent).containsExactly(Message.text("a3"));
		failsWith1007(handler, catchThrowable(() -> handler.onText(open, "{\"text\":\"\"}")));
	}

	@Test
	void groupsOfTheClassCount() throws Throwable {
		WsHandler handler = handlerOf(Grouped.class);
		handler.onText(this.session, "too long for the default group");
		failsWith1007(handler, catchThrowable(() -> handler.onText(this.session, "x")));
	}

	@ParameterizedTest
	@ValueSource(classes = { Returns.class, ValidatedReturns.class })
	void aReturnValueIsTheServersFault(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint);
		handler.onText(this.session, "ok");
		Throwable failure = catchThrowable(() -> handler.onText(this.session, "too long"));
		assertThat(failure).isInstanceOfAny(MethodValidationException.class, ConstraintViolationException.class);
		assertThat(catchThrowable(() -> handler.onError(this.session, failure))).isSameAs(failure);
		assertThat(this.session.sent).containsExactly(Message.text("ok"));
	}

	@ParameterizedTest
	@ValueSource(classes = { Calls.class, ValidatedCalls.class })
	void whatAServiceRefusesIsTheServersFault(Class<?> endpoint) throws Throwable {
		WsHandler handler = handlerOf(endpoint, Service.class);
		Throwable failure = catchThrowable(() -> handler.onText(this.session, "too long"));
		assertThat(failure).isInstanceOf(ConstraintViolationException.class);
		assertThat(catchThrowable(() -> handler.onError(this.session, failure))).isSameAs(failure);
		assertThat(this.session.closed).isNull();
	}

	@Test
	void whoeverIsNotKnown() throws Throwable {
		WsHandler handler = handlerOf(NeedsPrincipal.class);
		failsWith1007(handler, catchThrowable(() -> handler.onText(this.session, "a")));
	}

	@ParameterizedTest
	@ValueSource(classes = { Sized.class, Query.class, Returns.class, Elements.class })
	void withoutBeanValidationConstraintsStopTheStart(Class<?> endpoint) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.in(endpoint))
			.withMessageContaining("has constraints, but no Bean Validation provider is there that could check them")
			.satisfies((ex) -> assertThat(ex.advice()).contains("spring-boot-starter-validation"));
	}

	@Test
	void constraintsThatBeanValidationRejectsStopTheStart() {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> handlerOf(Redefines.class))
			.withMessageContaining("has constraints that Bean Validation does not accept: HV000151");
	}

	@Configuration(proxyBeanMethods = false)
	static class Validation {

		@Bean
		static MethodValidationPostProcessor methodValidation() {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setProxyTargetClass(true);
			return processor;
		}

		@Bean
		LocalValidatorFactoryBean validator() {
			return new LocalValidatorFactoryBean();
		}

	}

	record Line(@NotBlank String text) {
	}

	@WsEndpoint("/")
	static class Sized {

		@OnMessage
		String on(@Size(max = 5) String text) {
			return text;
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedSized extends Sized {

	}

	interface Declares {

		@OnMessage
		String on(@Size(max = 5) String text);

	}

	@WsEndpoint("/")
	static class SizedOfTheInterface implements Declares {

		@Override
		public String on(String text) {
			return text;
		}

	}

	@Size(max = 5)
	@jakarta.validation.Constraint(validatedBy = {})
	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@interface Short {

		String message() default "too long";

		Class<?>[] groups() default {};

		Class<? extends jakarta.validation.Payload>[] payload() default {};

	}

	@WsEndpoint("/")
	static class Composed {

		@OnMessage
		String on(@Short String text) {
			return text;
		}

	}

	@WsEndpoint("/")
	static class SizedBytes {

		@OnMessage
		void on(@Size(max = 3) byte[] bytes) {
		}

		@OnPong
		void pong(@Size(max = 3) byte[] bytes) {
		}

	}

	@WsEndpoint("/")
	static class Elements {

		@OnMessage
		int on(List<@NotBlank String> texts) {
			return texts.size();
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedElements extends Elements {

	}

	@WsEndpoint("/")
	static class NotEmptyList {

		@OnMessage
		int on(@NotEmpty @Valid List<Line> lines) {
			return lines.size();
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedNotEmptyList extends NotEmptyList {

	}

	@WsEndpoint("/")
	static class TellsErrors extends Sized {

		@OnError
		String invalid(BindException ex) {
			ObjectError error = ex.getAllErrors().get(0);
			return ((error instanceof FieldError field) ? field.getField() : error.getObjectName()) + ": "
					+ error.getDefaultMessage();
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedTellsErrors extends TellsErrors {

	}

	@WsEndpoint("/")
	static class TakesViolations extends Sized {

		@OnError
		String invalid(ConstraintViolationException ex) {
			return "violations: " + ex.getConstraintViolations().size();
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedTakesViolations extends TakesViolations {

	}

	@WsEndpoint("/{room}")
	static class Query {

		@OnOpen
		void open(@QueryParam @Min(1) int page, @QueryParam @Nullable List<@NotBlank String> tag) {
		}

		@OnMessage
		String on(String text, @PathParam @Pattern(regexp = "[a-z]+") String room,
				@QueryParam @Max(10) @Nullable Integer most) {
			return text;
		}

	}

	@Validated
	@WsEndpoint("/{room}")
	static class ValidatedQuery extends Query {

	}

	@WsEndpoint("/")
	static class Judges {

		@OnHandshake
		HandshakeDecision judge(@QueryParam @Min(1) int page, @HeaderParam @Nullable String cookie) {
			return HandshakeDecision.refuse(418);
		}

	}

	@WsEndpoint("/")
	static class Mixed {

		@OnMessage
		String on(@Valid Line line, @QueryParam @Min(1) int page) {
			return line.text() + page;
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedMixed extends Mixed {

	}

	interface Strict {

	}

	@Validated(Strict.class)
	@WsEndpoint("/")
	static class Grouped {

		@OnMessage
		String on(@Size(max = 5) @Size(min = 2, groups = Strict.class) String text) {
			return text;
		}

	}

	@WsEndpoint("/")
	static class Returns {

		@OnMessage
		@Size(max = 5)
		String on(String text) {
			return text;
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedReturns extends Returns {

	}

	@Validated
	static class Service {

		String serve(@Size(max = 5) String text) {
			return text;
		}

	}

	@WsEndpoint("/")
	static class Calls {

		private final Service service;

		Calls(Service service) {
			this.service = service;
		}

		@OnMessage
		String on(String text) {
			return this.service.serve(text);
		}

	}

	@Validated
	@WsEndpoint("/")
	static class ValidatedCalls extends Calls {

		ValidatedCalls(Service service) {
			super(service);
		}

	}

	@WsEndpoint("/")
	static class NeedsPrincipal {

		@OnMessage
		String on(String text, @NotNull Principal user) {
			return user.getName();
		}

	}

	@WsEndpoint("/")
	static class Redefines extends Sized {

		@Override
		@OnMessage
		String on(@NotBlank String text) {
			return text;
		}

	}

}
