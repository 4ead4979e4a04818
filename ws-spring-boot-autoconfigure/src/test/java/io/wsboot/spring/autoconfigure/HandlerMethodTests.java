package io.wsboot.spring.autoconfigure;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonView;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/** Handler methods in an application, with what Spring Boot configures. */
@ExtendWith(OutputCaptureExtension.class)
class HandlerMethodTests {

	@SuppressWarnings("NullAway.Init")
	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = RunningApp
			.start(List.of(Sized.class, ValidatedSized.class, Paged.class, ValidatedPaged.class, Payments.class));
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sized", "/validated-sized" })
	void aPayloadThatBreaksAConstraintCloses1007WithoutALine(String path, CapturedOutput output) {
		try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
			assertThat(client.send("ok").nextText()).isEqualTo("ok");
			assertThat(client.send("too long").closeStatus().code()).isEqualTo(1007);
		}
		assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("Exception");
	}

	@ParameterizedTest
	@CsvSource({ "/paged?page=0", "/validated-paged?page=0" })
	void aHandshakeThatBreaksAConstraintIsRefused(String path, CapturedOutput output) {
		assertThat(WsTestClient.refusal(app.port(), path).status()).isEqualTo(400);
		assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("Exception");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/paged", "/validated-paged" })
	void payloadAndHandshakeOfOneMethod(String path, CapturedOutput output) {
		try (WsTestClient client = WsTestClient.connect(app.port(), path + "?page=2")) {
			assertThat(client.nextText()).isEqualTo("page 2");
			assertThat(client.send("{\"text\":\"a\"}").nextText()).isEqualTo("a2");
			assertThat(client.send("{\"text\":\"\"}").closeStatus().code()).isEqualTo(1007);
		}
		assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("Exception");
	}

	@Test
	void declaredTypesAndViews() {
		try (WsTestClient client = WsTestClient.connect(app.port(), "/payments")) {
			client.send("2");
			assertThat(List.of(client.nextText(), client.nextText()))
				.containsExactly("[{\"kind\":\"card\",\"last4\":\"0\"}]", "[{\"kind\":\"card\",\"last4\":\"1\"}]");
		}
	}

	record Line(@NotBlank String text) {
	}

	@WsEndpoint("/sized")
	static class Sized {

		@OnMessage
		String on(@Size(max = 5) String text) {
			return text;
		}

	}

	@Validated
	@WsEndpoint("/validated-sized")
	static class ValidatedSized extends Sized {

	}

	@WsEndpoint("/paged")
	static class Paged {

		@OnOpen
		String open(@QueryParam @Min(1) int page) {
			return "page " + page;
		}

		@OnMessage
		String on(@Valid Line line, @QueryParam @Min(1) int page) {
			return line.text() + page;
		}

	}

	@Validated
	@WsEndpoint("/validated-paged")
	static class ValidatedPaged extends Paged {

	}

	interface Open {

	}

	interface Secret {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Card.class, name = "card"))
	interface Payment {

	}

	record Card(@JsonView(Open.class) String last4, @JsonView(Secret.class) String number) implements Payment {
	}

	@WsEndpoint("/payments")
	static class Payments {

		@OnMessage
		@JsonView(Open.class)
		Flux<List<Payment>> on(int count) {
			return Flux.range(0, count).map((number) -> List.of(new Card("" + number, "secret")));
		}

	}

}
