package io.wsboot.spring.endpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of what callbacks throw. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorTests {

	private final RecordingSession session = new RecordingSession();

	static Stream<Arguments> theClosestTypeIsCalled() {
		return Stream.of(Arguments.of(new IOException(), "io"), Arguments.of(new FileNotFoundException(), "io"),
				Arguments.of(new IllegalStateException(), "runtime"), Arguments.of(new Exception(), "any"),
				Arguments.of(new MessageConversionException("m", null), "runtime"),
				Arguments.of(new StackOverflowError(), "any"));
	}

	@ParameterizedTest
	@MethodSource
	void theClosestTypeIsCalled(Throwable error, String expected) throws Throwable {
		Endpoints.handlerOf(Handles.class).onError(this.session, error);
		assertThat(this.session.sent).containsExactly(Message.text(expected));
	}

	@Test
	void ofAFailureThatNobodyTakesTheCausesAreLookedAt() throws Throwable {
		WsHandler handler = Endpoints.handlerOf(HandlesIo.class);
		RecordingSession open = Endpoints.open(handler, Endpoints.request(null, Map.of("room", "java")));
		handler.onError(open, new IllegalStateException("outer", new RuntimeException(new IOException("disk"))));
		assertThat(open.sent).containsExactly(Message.text("java: disk"));
	}

	@Test
	void theFailureItselfComesBeforeItsCauses() throws Throwable {
		Endpoints.handlerOf(Handles.class).onError(this.session, new IllegalStateException(new IOException()));
		assertThat(this.session.sent).containsExactly(Message.text("runtime"));
	}

	@Test
	void causesInACircleEnd() {
		WsHandler handler = Endpoints.handlerOf(HandlesIo.class);
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.onError(this.session, first))
			.isSameAs(first);
	}

	@Test
	void whatTheMethodThrewComesUnwrapped() {
		WsHandler handler = Endpoints.handlerOf(Throws.class);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> handler.onText(this.session, "m"))
			.withMessage("disk");
	}

	@Test
	void errorsOfTheVirtualMachineComeUnwrapped() {
		WsHandler handler = Endpoints.handlerOf(ThrowsError.class);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> handler.onText(this.session, "m"));
	}

	@Test
	void whatNoMethodTakesIsThrownOn() {
		WsHandler handler = Endpoints.handlerOf(HandlesIo.class);
		IllegalStateException error = new IllegalStateException("x");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.onError(this.session, error))
			.isSameAs(error);
		assertThat(this.session.closed).isNull();
	}

	@Test
	void whatAnErrorMethodThrowsIsThrownOn() {
		WsHandler handler = Endpoints.handlerOf(FailsAgain.class);
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> handler.onError(this.session, new IOException()))
			.withMessage("again");
	}

	@Test
	void anUnreadableMessageThatNobodyTakesClosesWith1007AndIsNotLogged(CapturedOutput output) throws Throwable {
		Endpoints.handlerOf(HandlesIo.class).onError(this.session, new MessageConversionException("m", null));
		assertThat(this.session.closed).isNotNull();
		assertThat(this.session.closed.code()).isEqualTo(CloseStatus.INVALID_PAYLOAD.code());
		assertThat(output.getAll()).doesNotContain("MessageConversionException");
	}

	@Test
	void otherParametersAreGivenToo() throws Throwable {
		WsHandler handler = Endpoints.handlerOf(HandlesIo.class);
		RecordingSession open = Endpoints.open(handler, Endpoints.request(null, Map.of("room", "java")));
		handler.onError(open, new IOException("disk"));
		assertThat(open.sent).containsExactly(Message.text("java: disk"));
	}

	@WsEndpoint("/")
	static class Handles {

		@OnError
		String io(IOException ex) {
			return "io";
		}

		@OnError
		String runtime(RuntimeException ex) {
			return "runtime";
		}

		@OnError
		String any(Throwable ex) {
			return "any";
		}

	}

	@WsEndpoint("/{room}")
	static class HandlesIo {

		@OnError
		void io(@PathParam String room, IOException ex, WsSession session) {
			session.send(room + ": " + ex.getMessage());
		}

	}

	@WsEndpoint("/")
	static class FailsAgain {

		@OnError
		void io(IOException ex) {
			throw new IllegalArgumentException("again", ex);
		}

	}

	@WsEndpoint("/")
	static class Throws {

		@OnMessage
		void on(String text) throws IOException {
			throw new IOException("disk");
		}

	}

	@WsEndpoint("/")
	static class ThrowsError {

		@OnMessage
		void on(String text) {
			throw new StackOverflowError();
		}

	}

}
