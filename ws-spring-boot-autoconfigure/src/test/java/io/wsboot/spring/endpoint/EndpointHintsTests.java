package io.wsboot.spring.endpoint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image is told of endpoints, by way of aot.factories. */
class EndpointHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private final GenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get(EndpointHintsTests.class)), new InMemoryGeneratedFiles());

	@BeforeEach
	void process() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(Chat.class);
			context.registerBean(Containers.class);
			context.registerBean(NoEndpoint.class);
			context.registerBean(Handler.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		}
	}

	private RuntimeHints hints() {
		return this.generation.getRuntimeHints();
	}

	@Test
	void callbacksAreCalled() {
		assertThat(REFLECTION.onMethodInvocation(Chat.class, "opened")).accepts(hints());
		assertThat(REFLECTION.onMethodInvocation(Chat.class, "said")).accepts(hints());
		assertThat(REFLECTION.onMethodInvocation(Chat.class, "failed")).accepts(hints());
		assertThat(REFLECTION.onMethodInvocation(Chat.class, "other")).rejects(hints());
		assertThat(REFLECTION.onMethodInvocation(NoEndpoint.class, "said")).rejects(hints());
	}

	/** Its methods are called without reflection. */
	@Test
	void aHandlerIsNoCollectionOfCallbacks() {
		assertThat(REFLECTION.onMethodInvocation(Handler.class, "onText")).rejects(hints());
	}

	@Test
	void payloadsAreReadAndRepliesAreWritten() {
		assertThat(REFLECTION.onMethodInvocation(Line.class, "text")).accepts(hints());
		assertThat(REFLECTION.onMethodInvocation(Reply.class, "text")).accepts(hints());
		assertThat(REFLECTION.onType(Line.class).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
			.accepts(hints());
	}

	@Test
	void elementsOfAStreamAreWritten() {
		assertThat(REFLECTION.onMethodInvocation(Tick.class, "number")).accepts(hints());
		assertThat(REFLECTION.onType(Flux.class)).rejects(hints());
	}

	@Test
	void whatContainersHoldIsReadAndWritten() {
		assertThat(REFLECTION.onMethodInvocation(Held.class, "read")).accepts(hints());
		assertThat(REFLECTION.onMethodInvocation(HeldLater.class, "written")).accepts(hints());
		assertThat(REFLECTION.onType(List.class)).rejects(hints());
	}

	@Test
	void contentIsOnlyRead() {
		assertThat(REFLECTION.onType(Resource.class)).rejects(hints());
	}

	@Test
	void ofASealedTypeSoIsEachVariant() {
		assertThat(REFLECTION.onMethodInvocation(Refused.class, "why")).accepts(hints());
	}

	@Test
	void whatIsNoPayloadIsNotRegistered() {
		assertThat(REFLECTION.onType(WsSession.class)).rejects(hints());
		assertThat(REFLECTION.onType(Room.class)).rejects(hints());
	}

	@WsEndpoint("/chat/{room}")
	static class Chat {

		@OnOpen
		Event opened(WsSession session, @PathParam Room room) {
			return new Refused(room.name());
		}

		@OnMessage
		CompletionStage<Reply> said(Line line) {
			throw new UnsupportedOperationException(line.text());
		}

		@OnMessage
		Flux<Tick> ticks(byte[] any) {
			throw new UnsupportedOperationException();
		}

		@OnPong
		Resource file() {
			throw new UnsupportedOperationException();
		}

		@OnError
		void failed(IllegalStateException ex) {
		}

		void other() {
		}

	}

	@WsEndpoint("/containers")
	static class Containers {

		@OnMessage
		CompletionStage<Map<String, List<HeldLater>>> said(List<Held[]> all) {
			throw new UnsupportedOperationException();
		}

	}

	record Held(String read) {
	}

	record HeldLater(String written) {
	}

	static class NoEndpoint {

		void said(Line line) {
		}

	}

	enum Room {

		RED

	}

	record Line(String text) {
	}

	record Reply(String text) {
	}

	record Tick(int number) {
	}

	sealed interface Event {

	}

	record Refused(String why) implements Event {
	}

	@WsEndpoint("/handler")
	static class Handler implements WsHandler {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

	}

}
