package io.wsboot.spring.endpoint;

import java.io.IOException;
import java.io.DataInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Execution;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every way to write an endpoint that cannot work, with what its author reads. In the
 * sentences, {@code #} stands for the name of the endpoint's class.
 */
class InvalidEndpointTests {

	static Stream<Arguments> sentences() {
		return Stream.of(
		// @formatter:off
			Arguments.of(NoCallback.class, "Endpoint # has no callback.", "Annotate at least one method"),
			Arguments.of(NoPath.class, "Endpoint # has no path.", "@WsEndpoint(\"/path\")"),
			Arguments.of(RelativePath.class, "Endpoint # has the path 'chat', which does not begin with a slash.", "Use an absolute path such as /chat/{room}"),
			Arguments.of(HalfVariable.class, "Endpoint # has the path '/chat-{room}', which has the segment 'chat-{room}', which is neither plain text nor one variable.", "one variable in braces"),
			Arguments.of(OpenBrace.class, "Endpoint # has the path '/{room', which has the segment '{room', which is neither plain text nor one variable.", "one variable in braces"),
			Arguments.of(EmptyVariable.class, "Endpoint # has the path '/{}', which has the segment '{}', which is neither plain text nor one variable.", "one variable in braces"),
			Arguments.of(QueryInPath.class, "Endpoint # has the path '/chat?x=1', which has the segment 'chat?x=1', which is neither plain text nor one variable.", "one variable in braces"),
			Arguments.of(SameVariableTwice.class, "Endpoint # has the path '/{a}/{a}', which has the variable {a} twice.", "Use an absolute path"),
			Arguments.of(UnknownPlaceholder.class, "Endpoint # has the path '${no.such.path}', whose placeholders cannot be resolved: Could not resolve placeholder 'no.such.path' in value \"${no.such.path}\".", "Define the property, or give the placeholder a default"),
			Arguments.of(StaticMethod.class, "Endpoint method #.on(String) is static, so no proxy of the bean can stand before it.", "Make the @OnMessage method an instance method"),
			Arguments.of(PrivateMethod.class, "Endpoint method #.on(String) is private, so no proxy of the bean can stand before it.", "Make the @OnMessage method an instance method"),
			Arguments.of(TwoAnnotations.class, "Endpoint method #.on() is annotated with both @OnHandshake and @OnOpen.", "one method for each"),
			Arguments.of(TwoOpens.class, "Endpoint method #.b() is a second @OnOpen method beside #.a().", "Keep one @OnOpen method"),
			Arguments.of(TwoCloses.class, "Endpoint method #.b() is a second @OnClose method beside #.a().", "Keep one @OnClose method"),
			Arguments.of(TwoHandshakes.class, "Endpoint method #.b() is a second @OnHandshake method beside #.a().", "Keep one @OnHandshake method"),
			Arguments.of(TwoTexts.class, "Endpoint method #.b(Integer) takes text messages, as does #.a(String).", "Keep one @OnMessage method for text and one for binary"),
			Arguments.of(TwoBinaries.class, "Endpoint method #.b(ByteBuffer) takes binary messages, as does #.a(byte[]).", "Keep one @OnMessage method for text and one for binary"),
			Arguments.of(NoPayload.class, "Endpoint method #.on(WsSession) has no parameter for the message.", "Add one parameter for the payload"),
			Arguments.of(TwoPayloads.class, "Parameter 3 of endpoint method #.on(String, WsSession, Integer), 'b', is a second payload beside parameter 1.", "Keep one payload parameter"),
			Arguments.of(MessagePayload.class, "Parameter 1 of endpoint method #.on(Message), 'message', is a io.wsboot.Message, which no message can become.", "a String, byte[], ByteBuffer, InputStream, Reader or a type that is read as JSON"),
			Arguments.of(StreamPayload.class, "Parameter 1 of endpoint method #.on(DataInputStream), 'in', is a java.io.DataInputStream, which no message can become.", "a String, byte[], ByteBuffer, InputStream, Reader or a type that is read as JSON"),
			Arguments.of(StreamOnLoop.class, "Parameter 1 of endpoint method #.on(Reader), 'in', is a java.io.Reader, which waits for the client, on an event loop, which must not wait.", "Write @OnMessage(execution = Execution.WORKER), or take the message in parts"),
			Arguments.of(JsonInParts.class, "Parameter 1 of endpoint method #.on(List, boolean), 'part', is a java.util.List, and parameter 2 is a boolean, which tells the last part of a message.", "Take parts as String, byte[] or ByteBuffer, or remove the boolean."),
			Arguments.of(StreamInParts.class, "Parameter 2 of endpoint method #.on(boolean, InputStream), 'part', is a java.io.InputStream, and parameter 1 is a boolean, which tells the last part of a message.", "remove the boolean."),
			Arguments.of(SizeOfWhole.class, "Endpoint method #.on(String) has a maxMessageSize, but takes messages whole.", "Write @WsEndpoint(maxMessageSize = …), or take the message as InputStream"),
			Arguments.of(NoSize.class, "Endpoint method #.on(Reader) has the maxMessageSize 'much', which is no size.", "such as 64MB"),
			Arguments.of(ZeroSize.class, "Endpoint method #.on(Reader) has the maxMessageSize '0MB', which is no size.", "such as 64MB"),
			Arguments.of(WrongLimit.class, "Endpoint # has the maxMessageSize 'lots', which is no size from 1 to 2147483647.", "such as 64MB"),
			Arguments.of(ZeroLimit.class, "Endpoint # has the maxPendingMessages '0', which is no number from 1 to 2147483647.", "leave it out for what ws.server.* says"),
			Arguments.of(HugeLimit.class, "Endpoint # has the maxQueued '2GB', which is no size from 1 to 2147483647.", "such as 64MB"),
			Arguments.of(UnresolvedLimit.class, "Endpoint # has the maxFragments '${no.such}', which is no number from 1 to 2147483647.", "a placeholder with such a value"),
			Arguments.of(FrameAboveMessage.class, "Endpoint # has a frame of at most 2048 bytes in a message of at most 1024.", "Raise maxMessageSize"),
			Arguments.of(NoConcurrency.class, "Endpoint # has the concurrency 0.", "Write 1 for one message after the other, or more."),
			Arguments.of(ConcurrentStream.class, "Endpoint method #.on(Reader) takes messages piece by piece, but several of a session at the same time are to be handled.", "Remove the concurrency, or take messages whole."),
			Arguments.of(ConcurrentOnLoop.class, "Endpoint method #.on(String) runs on an event loop, which does one thing at a time, but several messages of a session at the same time are to be handled.", "or write Execution.WORKER."),
			Arguments.of(ValidatesText.class, "Parameter 1 of endpoint method #.on(String), 'text', is to be validated, but a java.lang.String has no constraints.", "write the constraint, such as @Size, on the parameter itself"),
			Arguments.of(ValidatesStream.class, "Parameter 1 of endpoint method #.on(Reader), 'text', is to be validated, but is read while it arrives.", "take the message whole"),
			Arguments.of(ValidatesWithoutValidator.class, "Parameter 1 of endpoint method #.on(List), 'numbers', is to be validated, but no Validator is there that could check a java.lang.Integer.", "Add spring-boot-starter-validation"),
			Arguments.of(StatusPayload.class, "Parameter 1 of endpoint method #.on(CloseStatus), 'status', is a io.wsboot.CloseStatus, which no message can become.", "a String, byte[], ByteBuffer, InputStream, Reader or a type that is read as JSON"),
			Arguments.of(OpenTakesPayload.class, "Parameter 1 of endpoint method #.on(String), 'text', is a java.lang.String, which nothing gives a value to.", "An @OnOpen method may take a WsSession"),
			Arguments.of(CloseTakesPayload.class, "Parameter 2 of endpoint method #.on(CloseStatus, String), 'text', is a java.lang.String, which nothing gives a value to.", "An @OnClose method may take a CloseStatus, a WsSession"),
			Arguments.of(CloseReplies.class, "Endpoint method #.on() returns a value, but when @OnClose methods are called the session can no longer be written to.", "Return void."),
			Arguments.of(PongTakesText.class, "Parameter 1 of endpoint method #.on(String), 'text', is a java.lang.String, which nothing gives a value to.", "An @OnPong method may take the payload as a byte[] or ByteBuffer, a WsSession"),
			Arguments.of(ErrorTakesNone.class, "Endpoint method #.on(WsSession) has 0 parameters for the exception.", "Add exactly one parameter"),
			Arguments.of(ErrorTakesTwo.class, "Endpoint method #.on(IOException, RuntimeException) has 2 parameters for the exception.", "Add exactly one parameter"),
			Arguments.of(ErrorTakesText.class, "Parameter 2 of endpoint method #.on(Exception, String), 'text', is a java.lang.String, which nothing gives a value to.", "An @OnError method may take one exception, a WsSession"),
			Arguments.of(TwoErrors.class, "Endpoint method #.b(IOException) is a second @OnError method for java.io.IOException.", "Keep one @OnError method for each type"),
			Arguments.of(HandshakeTakesSession.class, "Parameter 1 of endpoint method #.on(WsSession), 'session', is a io.wsboot.WsSession, which there is none of before the connection is open.", "may take a HandshakeRequest, @PathParam, @QueryParam and @HeaderParam"),
			Arguments.of(HandshakeReturnsText.class, "Endpoint method #.on() returns a java.lang.String, which does not answer a handshake.", "Return void or a boolean, a HandshakeDecision, or a CompletionStage"),
			Arguments.of(HandshakeReturnsStageOfText.class, "Endpoint method #.on() returns a java.util.concurrent.CompletableFuture<java.lang.String>, which does not answer a handshake.", "Return void or a boolean"),
			Arguments.of(UnknownPathVariable.class, "Parameter 1 of endpoint method #.on(String), 'rom', names the path variable 'rom', which the path /{room} does not have.", "Name one of [room] in @PathParam, or add {rom} to the path."),
			Arguments.of(PathAndQuery.class, "Parameter 1 of endpoint method #.on(String), 'a', is annotated with both @PathParam and @QueryParam.", "Keep one of them."),
			Arguments.of(Unconvertible.class, "Parameter 1 of endpoint method #.on(WsSession), 'a', is a io.wsboot.WsSession, which no converter makes from a string.", "register a Converter"),
			Arguments.of(ReturnsFlowOfFlow.class, "Endpoint method #.on(String) returns a java.util.concurrent.Flow$Publisher, which cannot be a reply.", "Return a CompletionStage of one reply, a Flow.Publisher, Mono or Flux of replies"),
			Arguments.of(ReturnsStageOfFlux.class, "Endpoint method #.on(String) returns a reactor.core.publisher.Flux, which cannot be a reply.", "Return a CompletionStage of one reply"),
			Arguments.of(ReturnsStreamOnLoop.class, "Endpoint method #.on(String) returns a java.io.InputStream, which waits for the client, on an event loop, which must not wait.", "Let it run on a worker with Execution.WORKER"),
			Arguments.of(OpenReturnsReaderOnLoop.class, "Endpoint method #.on() returns a java.io.Reader, which waits for the client, on an event loop, which must not wait.", "Let it run on a worker with Execution.WORKER"),
			Arguments.of(StreamOfMethodOnLoop.class, "Parameter 1 of endpoint method #.on(Reader), 'in', is a java.io.Reader, which waits for the client, on an event loop, which must not wait.", "Write @OnMessage(execution = Execution.WORKER), or take the message in parts"),
			Arguments.of(HandshakeReturnsFlux.class, "Endpoint method #.on() returns a reactor.core.publisher.Flux<java.lang.Boolean>, which does not answer a handshake.", "or a CompletionStage or Mono of one of these"),
			Arguments.of(Prototype.class, "Endpoint # is a bean of scope prototype, but one bean serves all sessions.", "Remove the scope"),
			Arguments.of(ReturnsFuture.class, "Endpoint method #.on(String) returns a java.util.concurrent.Future, which cannot be a reply.", "Return a CompletionStage"),
			Arguments.of(ReturnsStageOfStage.class, "Endpoint method #.on(String) returns a java.util.concurrent.CompletableFuture, which cannot be a reply.", "Return a CompletionStage of one reply"));
		// @formatter:on
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void sentences(Class<?> endpoint, String problem, String advice) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.in(endpoint))
			.withMessage(problem.replace("#", endpoint.getName()))
			.satisfies((ex) -> assertThat(ex.advice()).contains(advice));
	}

	static Stream<Arguments> withoutJson() {
		return Stream.of(Arguments.of(TakesJson.class, "is a java.util.List, which is read as JSON"),
				Arguments.of(ReturnsJson.class, "returns a java.util.List, which is written as JSON"),
				Arguments.of(ReturnsJsonLater.class, "returns a java.util.List, which is written as JSON"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void withoutJson(Class<?> endpoint, String problem) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.withoutJson(endpoint))
			.withMessageContaining(problem)
			.withMessageContaining("but there is no JSON library")
			.satisfies((ex) -> assertThat(ex.advice()).contains("spring-boot-starter-jackson"));
	}

	@Test
	void textAndBytesNeedNoJson() {
		assertThat(Endpoints.withoutJson(TextAndBytes.class)).hasSize(1);
	}

	@Test
	void twoEndpointsOnOnePath() {
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Endpoints.in(Room.class, OtherRoom.class))
			.withMessage("Endpoint " + OtherRoom.class.getName()
					+ " has the path '/room/{name}', which matches the same requests as that of " + Room.class.getName()
					+ ".")
			.satisfies((ex) -> assertThat(ex.advice()).startsWith("Give each endpoint a path of its own."));
	}

	@WsEndpoint("/")
	static class NoCallback {

		void on(String text) {
		}

	}

	@WsEndpoint
	static class NoPath extends OneText {

	}

	@WsEndpoint("chat")
	static class RelativePath extends OneText {

	}

	@WsEndpoint("/chat-{room}")
	static class HalfVariable extends OneText {

	}

	@WsEndpoint("/{room")
	static class OpenBrace extends OneText {

	}

	@WsEndpoint("/{}")
	static class EmptyVariable extends OneText {

	}

	@WsEndpoint("/chat?x=1")
	static class QueryInPath extends OneText {

	}

	@WsEndpoint("/{a}/{a}")
	static class SameVariableTwice extends OneText {

	}

	@WsEndpoint("${no.such.path}")
	static class UnknownPlaceholder extends OneText {

	}

	static class OneText {

		@OnMessage
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class StaticMethod {

		@OnMessage
		static void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class PrivateMethod {

		@OnMessage
		private void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class TwoAnnotations {

		@OnOpen
		@OnHandshake
		void on() {
		}

	}

	@WsEndpoint("/")
	static class TwoOpens {

		@OnOpen
		void a() {
		}

		@OnOpen
		void b() {
		}

	}

	@WsEndpoint("/")
	static class TwoCloses {

		@OnClose
		void a() {
		}

		@OnClose
		void b() {
		}

	}

	@WsEndpoint("/")
	static class TwoHandshakes {

		@OnHandshake
		void a() {
		}

		@OnHandshake
		void b() {
		}

	}

	@WsEndpoint("/")
	static class TwoTexts {

		@OnMessage
		void a(String text) {
		}

		@OnMessage
		void b(Integer json) {
		}

	}

	@WsEndpoint("/")
	static class TwoBinaries {

		@OnMessage
		void a(byte[] bytes) {
		}

		@OnMessage
		void b(java.nio.ByteBuffer bytes) {
		}

	}

	@WsEndpoint("/")
	static class NoPayload {

		@OnMessage
		void on(WsSession session) {
		}

	}

	@WsEndpoint("/")
	static class TwoPayloads {

		@OnMessage
		void on(String a, WsSession session, Integer b) {
		}

	}

	@WsEndpoint("/")
	static class MessagePayload {

		@OnMessage
		void on(Message message) {
		}

	}

	@WsEndpoint("/")
	static class StreamPayload {

		@OnMessage
		void on(DataInputStream in) {
		}

	}

	@WsEndpoint(path = "/", execution = Execution.EVENT_LOOP)
	static class StreamOnLoop {

		@OnMessage
		void on(Reader in) {
		}

	}

	@WsEndpoint("/")
	static class JsonInParts {

		@OnMessage
		void on(List<String> part, boolean last) {
		}

	}

	@WsEndpoint("/")
	static class StreamInParts {

		@OnMessage
		void on(boolean last, InputStream part) {
		}

	}

	@WsEndpoint("/")
	static class SizeOfWhole {

		@OnMessage(maxMessageSize = "1MB")
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class NoSize {

		@OnMessage(maxMessageSize = "much")
		void on(Reader text) {
		}

	}

	@WsEndpoint("/")
	static class ZeroSize {

		@OnMessage(maxMessageSize = "0MB")
		void on(Reader text) {
		}

	}

	@WsEndpoint(path = "/", maxMessageSize = "lots")
	static class WrongLimit extends OneText {

	}

	@WsEndpoint(path = "/", maxPendingMessages = "0")
	static class ZeroLimit extends OneText {

	}

	@WsEndpoint(path = "/", maxQueued = "2GB")
	static class HugeLimit extends OneText {

	}

	@WsEndpoint(path = "/", maxFragments = "${no.such}")
	static class UnresolvedLimit extends OneText {

	}

	@WsEndpoint(path = "/", maxMessageSize = "1KB", maxFrameSize = "2KB")
	static class FrameAboveMessage extends OneText {

	}

	@WsEndpoint(path = "/", concurrency = 0)
	static class NoConcurrency extends OneText {

	}

	@WsEndpoint(path = "/", concurrency = 2)
	static class ConcurrentStream {

		@OnMessage
		void on(Reader text) {
		}

	}

	@WsEndpoint(path = "/", concurrency = 2)
	static class ConcurrentOnLoop {

		@OnMessage(execution = Execution.EVENT_LOOP)
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class ValidatesText {

		@OnMessage
		void on(@Valid String text) {
		}

	}

	@WsEndpoint("/")
	static class ValidatesStream {

		@OnMessage
		void on(@Validated Reader text) {
		}

	}

	@WsEndpoint("/")
	static class ValidatesWithoutValidator {

		@OnMessage
		void on(@Valid List<Integer> numbers) {
		}

	}

	@WsEndpoint("/")
	static class StatusPayload {

		@OnMessage
		void on(CloseStatus status) {
		}

	}

	@WsEndpoint("/")
	static class OpenTakesPayload {

		@OnOpen
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class PongTakesText {

		@OnPong
		void on(String text) {
		}

	}

	@WsEndpoint("/")
	static class CloseTakesPayload {

		@OnClose
		void on(CloseStatus status, String text) {
		}

	}

	@WsEndpoint("/")
	static class CloseReplies {

		@OnClose
		String on() {
			return "bye";
		}

	}

	@WsEndpoint("/")
	static class ErrorTakesNone {

		@OnError
		void on(WsSession session) {
		}

	}

	@WsEndpoint("/")
	static class ErrorTakesTwo {

		@OnError
		void on(IOException a, RuntimeException b) {
		}

	}

	@WsEndpoint("/")
	static class ErrorTakesText {

		@OnError
		void on(Exception ex, String text) {
		}

	}

	@WsEndpoint("/")
	static class TwoErrors {

		@OnError
		void a(IOException ex) {
		}

		@OnError
		void b(IOException ex) {
		}

	}

	@WsEndpoint("/")
	static class HandshakeTakesSession {

		@OnHandshake
		void on(WsSession session) {
		}

	}

	@WsEndpoint("/")
	static class HandshakeReturnsText {

		@OnHandshake
		String on() {
			return "yes";
		}

	}

	@WsEndpoint("/")
	static class HandshakeReturnsStageOfText {

		@OnHandshake
		CompletableFuture<String> on() {
			return CompletableFuture.completedFuture("yes");
		}

	}

	@WsEndpoint("/{room}")
	static class UnknownPathVariable {

		@OnOpen
		void on(@PathParam String rom) {
		}

	}

	@WsEndpoint("/{a}")
	static class PathAndQuery {

		@OnOpen
		void on(@PathParam @QueryParam String a) {
		}

	}

	@WsEndpoint("/")
	static class Unconvertible {

		@OnOpen
		void on(@QueryParam WsSession a) {
		}

	}

	@WsEndpoint("/")
	static class ReturnsFlowOfFlow {

		@OnMessage
		Flow.Publisher<Flow.Publisher<String>> on(String text) {
			throw new IllegalStateException();
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfFlux {

		@OnMessage
		CompletableFuture<Flux<String>> on(String text) {
			throw new IllegalStateException();
		}

	}

	@WsEndpoint(path = "/", execution = Execution.EVENT_LOOP)
	static class ReturnsStreamOnLoop {

		@OnMessage
		InputStream on(String text) {
			throw new IllegalStateException();
		}

	}

	@WsEndpoint(path = "/", execution = Execution.EVENT_LOOP)
	static class OpenReturnsReaderOnLoop {

		@OnOpen
		Reader on() {
			throw new IllegalStateException();
		}

	}

	@WsEndpoint("/")
	static class StreamOfMethodOnLoop {

		@OnMessage(execution = Execution.EVENT_LOOP)
		void on(Reader in) {
		}

	}

	@WsEndpoint("/")
	static class HandshakeReturnsFlux {

		@OnHandshake
		Flux<Boolean> on() {
			throw new IllegalStateException();
		}

	}

	@WsEndpoint("/")
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	static class Prototype extends OneText {

	}

	@WsEndpoint("/")
	static class ReturnsFuture {

		@OnMessage
		Future<String> on(String text) {
			throw new UnsupportedOperationException();
		}

	}

	@WsEndpoint("/")
	static class ReturnsStageOfStage {

		@OnMessage
		CompletableFuture<CompletableFuture<String>> on(String text) {
			throw new UnsupportedOperationException();
		}

	}

	@WsEndpoint("/")
	static class TakesJson {

		@OnMessage
		void on(List<String> payload) {
		}

	}

	@WsEndpoint("/")
	static class ReturnsJson {

		@OnMessage
		List<String> on(String text) {
			return List.of(text);
		}

	}

	@WsEndpoint("/")
	static class ReturnsJsonLater {

		@OnMessage
		CompletableFuture<List<String>> on(String text) {
			return CompletableFuture.completedFuture(List.of(text));
		}

	}

	@WsEndpoint("/")
	static class TextAndBytes {

		@OnMessage
		Object text(String text) {
			return text;
		}

		@OnMessage
		byte[] bytes(byte[] bytes) {
			return bytes;
		}

	}

	@WsEndpoint("/room/{id}")
	static class Room extends OneText {

	}

	@WsEndpoint("/room/{name}")
	static class OtherRoom extends OneText {

	}

}
