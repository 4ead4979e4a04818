package io.wsboot.spring.endpoint;

import java.util.List;
import java.util.Map;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Payloads with constraints. */
class PayloadValidationTests {

	private final RecordingSession session = new RecordingSession();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
	// @formatter:off
			"{'text': 'a', 'author': {'age': 7}}              | said",
			"{'text': ' ', 'author': {'age': 7}}              | line: text",
			"{'text': 'a', 'author': {'age': 200}}            | line: author.age",
			"{'text': '',  'author': {'age': 200}}            | line: author.age text",
	// @formatter:on
	})
	void violationsGoToOnErrorAsBindException(String json, String reply) throws Exception {
		assertThat(replyOf(Lines.class, json)).isEqualTo(reply);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
	// @formatter:off
			"[{'age': 7}, {'age': 8}]   | 2",
			"[{'age': 7}, {'age': 200}] | people[1]: age",
			"[null, {'age': 200}]       | people[1]: age",
			"[]                         | 0",
	// @formatter:on
	})
	void everyElementOfACollectionIsChecked(String json, String reply) throws Exception {
		assertThat(replyOf(Lists.class, json)).isEqualTo(reply);
		assertThat(replyOf(Arrays.class, json)).isEqualTo(reply);
	}

	@Test
	void everyValueOfAMapIsChecked() throws Exception {
		assertThat(replyOf(Maps.class, "{'a': {'age': 200}}")).isEqualTo("people[a]: age");
		assertThat(replyOf(Maps.class, "{'a': {'age': 100}}")).isEqualTo("1");
	}

	@Test
	void groupsOfTheAnnotationCount() throws Exception {
		assertThat(replyOf(Strict.class, "{'text': 'a', 'tags': []}")).isEqualTo("tagged: tags");
		assertThat(replyOf(Strict.class, "{'text': '', 'tags': ['x']}")).isEqualTo("ok");
		assertThat(replyOf(Lenient.class, "{'text': 'a', 'tags': []}")).isEqualTo("ok");
	}

	@Test
	void withoutOnErrorTheSessionIsClosedWith1007() throws Throwable {
		WsHandler handler = handlerOf(Silent.class);
		BindException failure = catchThrowableOfType(BindException.class,
				() -> handler.onText(this.session, "{\"age\": 200}"));
		handler.onError(this.session, failure);
		assertThat(this.session.closed).isEqualTo(CloseStatus.INVALID_PAYLOAD.withReason("invalid message"));
		assertThat(failure.getStackTrace()).as("a client could cause many").isEmpty();
	}

	@Test
	void aBindExceptionOfTheApplicationsOwnIsNotTheClientsFault() {
		WsHandler handler = handlerOf(Silent.class);
		BindException own = new BindException(new Object(), "own");
		assertThat(catchThrowableOfType(BindException.class, () -> handler.onError(this.session, own))).isSameAs(own);
	}

	@Test
	void withoutAnnotationNothingIsChecked() throws Exception {
		assertThat(replyOf(Unchecked.class, "{'age': 200}")).isEqualTo("200");
	}

	private String replyOf(Class<?> endpoint, String json) throws Exception {
		WsHandler handler = handlerOf(endpoint);
		RecordingSession session = new RecordingSession();
		try {
			handler.onText(session, json.replace('\'', '"'));
		}
		catch (BindException ex) {
			try {
				handler.onError(session, ex);
			}
			catch (Throwable unhandled) {
				throw new AssertionError(unhandled);
			}
		}
		return ((Message.Text) session.sent.get(0)).text();
	}

	private static WsHandler handlerOf(Class<?> endpoint) {
		return Endpoints.only(Endpoints.in(endpoint, LocalValidatorFactoryBean.class)).handler();
	}

	record Line(@NotBlank String text, @Valid Person author) {
	}

	record Person(@Max(150) int age) {
	}

	record Tagged(@NotBlank String text, @NotEmpty(groups = Complete.class) List<String> tags) {
	}

	interface Complete {

	}

	static class TellsErrors {

		@OnError
		String invalid(BindException ex) {
			return ex.getObjectName() + ": "
					+ String.join(" ", ex.getFieldErrors().stream().map(FieldError::getField).sorted().toList());
		}

	}

	@WsEndpoint("/")
	static class Lines extends TellsErrors {

		@OnMessage
		String said(@Valid Line line) {
			return "said";
		}

	}

	@WsEndpoint("/")
	static class Lists extends TellsErrors {

		@OnMessage
		int said(@Valid List<Person> people) {
			return people.size();
		}

	}

	@WsEndpoint("/")
	static class Arrays extends TellsErrors {

		@OnMessage
		int said(@Valid Person[] people) {
			return people.length;
		}

	}

	@WsEndpoint("/")
	static class Maps extends TellsErrors {

		@OnMessage
		int said(@Valid Map<String, Person> people) {
			return people.size();
		}

	}

	@WsEndpoint("/")
	static class Strict extends TellsErrors {

		@OnMessage
		String said(@Validated(Complete.class) Tagged tagged) {
			return "ok";
		}

	}

	@WsEndpoint("/")
	static class Lenient extends TellsErrors {

		@OnMessage
		String said(@Validated Tagged tagged) {
			return "ok";
		}

	}

	@WsEndpoint("/")
	static class Silent {

		@OnMessage
		void said(@Valid Person person) {
		}

	}

	@WsEndpoint("/")
	static class Unchecked {

		@OnMessage
		int said(Person person) {
			return person.age();
		}

	}

}
