package io.wsboot.spring.endpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is done with what callbacks return. */
class ReplyTests {

	private final RecordingSession session = new RecordingSession();

	static Stream<Arguments> replies() {
		Message bytes = Message.binary(new byte[] { 1, 2 });
		return Stream.of(Arguments.of(ReturnsString.class, Message.text("m!")), Arguments.of(ReturnsBytes.class, bytes),
				Arguments.of(ReturnsBuffer.class, bytes), Arguments.of(ReturnsMessage.class, bytes),
				Arguments.of(ReturnsJson.class, Message.text("{\"y\":1}")),
				Arguments.of(ReturnsList.class, Message.text("[1,2]")),
				Arguments.of(ReturnsInt.class, Message.text("7")),
				Arguments.of(ReturnsObject.class, Message.text("as text")),
				Arguments.of(ReturnsStageOfString.class, Message.text("later")),
				Arguments.of(ReturnsStageOfBytes.class, bytes),
				Arguments.of(ReturnsStageOfJson.class, Message.text("{\"y\":2}")));
	}

	@ParameterizedTest
	@MethodSource
	void replies(Class<?> endpoint, Message expected) throws Exception {
		Endpoints.handlerOf(endpoint).onText(this.session, "m");
		assertThat(this.session.sent).containsExactly(expected);
	}

	@ParameterizedTest
	@org.junit.jupiter.params.provider.ValueSource(
			classes = { ReturnsVoid.class, ReturnsNull.class, ReturnsStageOfNull.class, ReturnsStageOfVoid.class })
	void nothingIsNotSent(Class<?> endpoint) throws Exception {
		Endpoints.handlerOf(endpoint).onText(this.session, "m");
		assertThat(this.session.sent).isEmpty();
		assertThat(this.session.closed).isNull();
	}

	@Test
	void aBufferIsSentBackWithoutBeingKept() throws Exception {
		Endpoints.handlerOf(EchoesBuffer.class).onBinary(this.session, ByteBuffer.wrap(new byte[] { 5, 6 }));
		assertThat(this.session.sent).containsExactly(Message.binary(new byte[] { 5, 6 }));
	}

	@Test
	void anOpeningMayReplyToo() throws Exception {
		Endpoints.handlerOf(Welcomes.class).onOpen(this.session);
		assertThat(this.session.sent).containsExactly(Message.text("welcome"));
	}

	@Test
	void whatCannotBeWrittenIsTheEndpointsFailure() {
		WsHandler handler = Endpoints.handlerOf(ReturnsUnwritable.class);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> handler.onText(this.session, "m"))
			.withMessageContaining(Unwritable.class.getName());
	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class Stages {

		private final RecordingSession session = new RecordingSession();

		@BeforeEach
		void renew() {
			Later.reply = new CompletableFuture<>();
		}

		@Test
		void areSentWhenTheyComplete() throws Exception {
			Endpoints.handlerOf(Later.class).onText(this.session, "m");
			assertThat(this.session.sent).isEmpty();
			Later.reply.complete("done");
			assertThat(this.session.sent).containsExactly(Message.text("done"));
		}

		@Test
		void thatFailGoWhereFailuresOfCallbacksGoWithoutWrapping() throws Exception {
			Endpoints.handlerOf(Later.class).onText(this.session, "m");
			Later.reply.completeExceptionally(new CompletionException(new IllegalStateException("late")));
			assertThat(this.session.failures).singleElement()
				.satisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class).hasMessage("late"));
			assertThat(this.session.closed).isNull();
		}

		@Test
		void whoseValueCannotBeWrittenGoThereToo() throws Exception {
			Endpoints.handlerOf(Later.class).onText(this.session, "m");
			Later.reply.complete(new Unwritable());
			assertThat(this.session.failures).singleElement()
				.satisfies((ex) -> assertThat(ex).isInstanceOf(IllegalArgumentException.class));
		}

		@Test
		void ofAnErrorMethodThatFailDoNotGoToItAgain(CapturedOutput output) throws Throwable {
			Endpoints.handlerOf(Later.class).onError(this.session, new IllegalStateException("first"));
			Later.reply.completeExceptionally(new IllegalStateException("second"));
			assertThat(this.session.failures).isEmpty();
			assertThat(this.session.closed).isEqualTo(CloseStatus.INTERNAL_ERROR);
			assertThat(output.getAll()).containsOnlyOnce("IllegalStateException: second").contains("/template");
		}

		@Test
		void thatFailAfterTheEndOfTheSessionAreNobodysBusiness(CapturedOutput output) throws Exception {
			Endpoints.handlerOf(Later.class).onText(this.session, "m");
			this.session.close(CloseStatus.NORMAL);
			Later.reply.completeExceptionally(new IllegalStateException("too late"));
			assertThat(this.session.failures).isEmpty();
			assertThat(output.getAll()).doesNotContain(" ERROR ");
		}

	}

	record Reply(int y) {
	}

	static class Unwritable {

		int getValue() {
			return 1;
		}

		public Object getSelf() {
			throw new UnsupportedOperationException();
		}

	}

	@WsEndpoint("/")
	static class ReturnsString {

		@OnMessage
		String on(String text) {
			return text + "!";
		}

	}

	@WsEndpoint("/")
	static class ReturnsBytes {

		@OnMessage
		byte[] on(String text) {
			return new byte[] { 1, 2 };
		}

	}

	@WsEndpoint("/")
	static class ReturnsBuffer {

		@OnMessage
		ByteBuffer on(String text) {
			return ByteBuffer.wrap(new byte[] { 0, 1, 2 }).position(1);
		}

	}

	@WsEndpoint("/")
	static class ReturnsMessage {

		@OnMessage
		Message.Binary on(String text) {
			return (Message.Binary) Message.binary(new byte[] { 1, 2 });
		}

	}

	@WsEndpoint("/")
	static class ReturnsJson {

		@OnMessage
		Reply on(String text) {
			return new Reply(1);
		}

	}

	@WsEndpoint("/")
	static class ReturnsList {

		@OnMessage
		List<Integer> on(String text) {
			return List.of(1, 2);
		}

	}

	@WsEndpoint("/")
	static class ReturnsInt {

		@OnMessage
		int on(String text) {
			return 7;
		}

	}

	@WsEndpoint("/")
	static class ReturnsObject {

		@OnMessage
		Object on(String text) {
			return "as text";
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfString {

		@OnMessage
		CompletableFuture<String> on(String text) {
			return CompletableFuture.completedFuture("later");
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfBytes {

		@OnMessage
		CompletableFuture<byte[]> on(String text) {
			return CompletableFuture.completedFuture(new byte[] { 1, 2 });
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfJson {

		@OnMessage
		CompletableFuture<Reply> on(String text) {
			return CompletableFuture.completedFuture(new Reply(2));
		}

	}

	@WsEndpoint("/")
	static class ReturnsVoid {

		@OnMessage
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class ReturnsNull {

		@OnMessage
		@Nullable String on(String text) {
			return null;
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfNull {

		@OnMessage
		CompletableFuture<@Nullable String> on(String text) {
			return CompletableFuture.completedFuture(null);
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfVoid {

		@OnMessage
		CompletableFuture<Void> on(String text) {
			return CompletableFuture.completedFuture(null);
		}

	}

	@WsEndpoint("/")
	static class ReturnsUnwritable {

		@OnMessage
		Unwritable on(String text) {
			return new Unwritable();
		}

	}

	@WsEndpoint("/")
	static class EchoesBuffer {

		@OnMessage
		ByteBuffer on(ByteBuffer bytes) {
			return bytes;
		}

	}

	@WsEndpoint("/")
	static class Welcomes {

		@OnOpen
		String on() {
			return "welcome";
		}

	}

	@WsEndpoint("/")
	static class Later {

		static CompletableFuture<Object> reply = new CompletableFuture<>();

		@OnMessage
		CompletableFuture<Object> on(String text) {
			return reply;
		}

		@OnError
		CompletableFuture<Object> failed(RuntimeException ex) {
			return reply;
		}

	}

}
