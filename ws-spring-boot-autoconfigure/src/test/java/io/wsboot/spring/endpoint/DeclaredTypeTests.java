package io.wsboot.spring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;
import io.wsboot.spring.annotation.WsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.http.MockHttpOutputMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The type that a method declares decides how its reply is written as JSON: what Spring
 * MVC's converter writes for the same declaration is the yardstick.
 */
class DeclaredTypeTests {

	private static final Payment CARD = new Card("0042");

	private static final List<Payment> ALL = List.of(CARD, new Cash(7));

	private final RecordingSession session = new RecordingSession();

	static Stream<Class<?>> now() {
		return Arrays.stream(Now.class.getDeclaredClasses());
	}

	@ParameterizedTest
	@MethodSource
	void now(Class<?> endpoint) throws Exception {
		WsHandler handler = Endpoints.handlerOf(endpoint);
		handler.onText(this.session, "m");
		// As AbstractMessageConverterMethodProcessor finds the type.
		ResolvableType type = ResolvableType
			.forType(GenericTypeResolver.resolveType(method(endpoint).getGenericReturnType(), endpoint));
		assertThat(this.session.sent).containsExactly(Message.text(asMvcWrites(valueOf(endpoint), type)));
	}

	static Stream<Class<?>> later() {
		return Arrays.stream(Later.class.getDeclaredClasses());
	}

	@ParameterizedTest
	@MethodSource
	void later(Class<?> endpoint) throws Exception {
		WsHandler handler = Endpoints.handlerOf(endpoint);
		handler.onText(this.session, "m");
		ResolvableType type = ResolvableType.forMethodReturnType(method(endpoint), endpoint).getGeneric();
		assertThat(this.session.failures).isEmpty();
		assertThat(this.session.sent).hasSize(1)
			.containsExactly(
					Message.text(asMvcWrites((endpoint == Later.Optionals.class) ? Optional.of(CARD) : ALL, type)));
	}

	@Test
	void elementsOfAStreamOfLists() throws Exception {
		Endpoints.handlerOf(StreamOfMaps.class).onText(this.session, "m");
		assertThat(this.session.sent).containsExactly(Message.text("{\"a\":{\"kind\":\"card\",\"last4\":\"0042\"}}"),
				Message.text("{}"));
	}

	@Test
	void whatIsWrittenCanBeReadByTheSameType() throws Exception {
		Endpoints.handlerOf(Now.Lists.class).onText(this.session, "m");
		Endpoints.handlerOf(Reads.class).onText(this.session, ((Message.Text) this.session.sent.get(0)).text());
		assertThat(this.session.sent.get(1)).isEqualTo(Message.text(ALL.toString()));
	}

	/** Spring MVC forgets what the list is of. */
	@Test
	void aReplyWhoseTypeASubclassKnows() throws Exception {
		Endpoints.handlerOf(TypeVariable.class).onText(this.session, "m");
		Endpoints.handlerOf(Now.Lists.class).onText(this.session, "m");
		assertThat(this.session.sent.get(0)).isEqualTo(this.session.sent.get(1));
	}

	@Test
	void aPayloadWhoseTypeASubclassKnows() throws Exception {
		Endpoints.handlerOf(ReadsInherited.class).onText(this.session, "[{\"kind\":\"cash\",\"amount\":7}]");
		assertThat(this.session.sent).containsExactly(Message.text(List.of(new Cash(7)).toString()));
	}

	@Test
	void repliesOfOtherCallbacks() throws Throwable {
		WsHandler handler = Endpoints.handlerOf(OtherCallbacks.class);
		handler.onOpen(this.session);
		handler.onPong(this.session, ByteBuffer.allocate(0));
		handler.onError(this.session, new IllegalStateException());
		String written = asMvcWrites(ALL, ResolvableType.forClassWithGenerics(List.class, Payment.class));
		assertThat(written).contains("\"kind\":\"card\"");
		assertThat(this.session.sent).hasSize(3).containsOnly(Message.text(written));
	}

	@Test
	void whatIsNotOfTheDeclaredTypeIsWrittenAsWhatItIs() throws Exception {
		Endpoints.handlerOf(HeapPollution.class).onText(this.session, "m");
		assertThat(this.session.sent).containsExactly(Message.text("{\"kind\":\"card\",\"last4\":\"0042\"}"));
	}

	private static Method method(Class<?> endpoint) {
		return Arrays.stream(endpoint.getMethods())
			.filter((method) -> method.getName().equals("on") && !method.isBridge())
			.findFirst()
			.orElseThrow();
	}

	private static Object valueOf(Class<?> endpoint) throws Exception {
		var constructor = endpoint.getDeclaredConstructor();
		constructor.setAccessible(true);
		Method method = method(endpoint);
		method.setAccessible(true);
		return method.invoke(constructor.newInstance(), "m");
	}

	private static String asMvcWrites(Object value, ResolvableType type) {
		MockHttpOutputMessage output = new MockHttpOutputMessage();
		try {
			new JacksonJsonHttpMessageConverter(JsonMapper.builder().build()).write(value, type,
					MediaType.APPLICATION_JSON, output, null);
			return output.getBodyAsString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Card.class, name = "card"),
			@JsonSubTypes.Type(value = Cash.class, name = "cash") })
	interface Payment {

	}

	record Card(String last4) implements Payment {
	}

	record Cash(int amount) implements Payment {
	}

	interface Named {

		String name();

	}

	record Account(String name, int balance) implements Named {
	}

	abstract static class Generic<T> {

		@OnMessage
		public T on(String text) {
			return value();
		}

		abstract T value();

	}

	abstract static class GenericList<T> {

		@OnMessage
		public List<T> on(String text) {
			return value();
		}

		abstract List<T> value();

	}

	/** Each returns its reply. */
	static class Now {

		@WsEndpoint("/")
		static class Lists {

			@OnMessage
			public List<Payment> on(String text) {
				return ALL;
			}

		}

		@WsEndpoint("/")
		static class Sets {

			@OnMessage
			public Set<Payment> on(String text) {
				return Set.of(CARD);
			}

		}

		@WsEndpoint("/")
		static class Maps {

			@OnMessage
			public Map<String, Payment> on(String text) {
				return Map.of("a", CARD);
			}

		}

		@WsEndpoint("/")
		static class Nested {

			@OnMessage
			public Map<String, List<Payment>> on(String text) {
				return Map.of("a", ALL);
			}

		}

		@WsEndpoint("/")
		static class Optionals {

			@OnMessage
			public Optional<Payment> on(String text) {
				return Optional.of(CARD);
			}

		}

		@WsEndpoint("/")
		static class OptionalLists {

			@OnMessage
			public Optional<List<Payment>> on(String text) {
				return Optional.of(ALL);
			}

		}

		@WsEndpoint("/")
		static class Arrays {

			@OnMessage
			public Payment[] on(String text) {
				return ALL.toArray(new Payment[0]);
			}

		}

		@WsEndpoint("/")
		static class Single {

			@OnMessage
			public Payment on(String text) {
				return CARD;
			}

		}

		@WsEndpoint("/")
		static class Wildcards {

			@OnMessage
			public List<? extends Payment> on(String text) {
				return ALL;
			}

		}

		@WsEndpoint("/")
		static class Unbounded {

			@OnMessage
			public List<?> on(String text) {
				return ALL;
			}

		}

		@WsEndpoint("/")
		static class Objects {

			@OnMessage
			public Object on(String text) {
				return ALL;
			}

		}

		/** An interface without type ids hides nothing of what is behind it. */
		@WsEndpoint("/")
		static class Interfaces {

			@OnMessage
			public Named on(String text) {
				return new Account("ann", 3);
			}

		}

		@WsEndpoint("/")
		static class InterfaceLists {

			@OnMessage
			public List<Named> on(String text) {
				return List.of(new Account("ann", 3));
			}

		}

		@WsEndpoint("/")
		static class TypeVariableOfElement extends GenericList<Payment> {

			@Override
			List<Payment> value() {
				return ALL;
			}

		}

	}

	/** Each yields its reply later. */
	static class Later {

		@WsEndpoint("/")
		static class Stages {

			@OnMessage
			public CompletionStage<List<Payment>> on(String text) {
				return CompletableFuture.completedFuture(ALL);
			}

		}

		@WsEndpoint("/")
		static class Futures {

			@OnMessage
			public CompletableFuture<List<Payment>> on(String text) {
				return CompletableFuture.completedFuture(ALL);
			}

		}

		@WsEndpoint("/")
		static class Optionals {

			@OnMessage
			public CompletionStage<Optional<Payment>> on(String text) {
				return CompletableFuture.completedFuture(Optional.of(CARD));
			}

		}

		@WsEndpoint("/")
		static class Monos {

			@OnMessage
			public Mono<List<Payment>> on(String text) {
				return Mono.just(ALL);
			}

		}

		@WsEndpoint("/")
		static class Fluxes {

			@OnMessage
			public Flux<List<Payment>> on(String text) {
				return Flux.just(ALL);
			}

		}

		@WsEndpoint("/")
		static class Publishers {

			@OnMessage
			public Publisher<List<Payment>> on(String text) {
				return Mono.just(ALL);
			}

		}

		@WsEndpoint("/")
		static class FlowPublishers {

			@OnMessage
			public Flow.Publisher<List<Payment>> on(String text) {
				return FlowAdapters.toFlowPublisher(Mono.just(ALL));
			}

		}

		@WsEndpoint("/")
		static class UnknownElements {

			@OnMessage
			public CompletionStage<?> on(String text) {
				return CompletableFuture.completedFuture(ALL);
			}

		}

	}

	@WsEndpoint("/")
	static class StreamOfMaps {

		@OnMessage
		Flux<Map<String, Payment>> on(String text) {
			return Flux.just(Map.of("a", CARD), Map.of());
		}

	}

	@WsEndpoint("/")
	static class Reads {

		@OnMessage
		String on(List<Payment> payments) {
			return payments.toString();
		}

	}

	@WsEndpoint("/")
	static class TypeVariable extends Generic<List<Payment>> {

		@Override
		List<Payment> value() {
			return ALL;
		}

	}

	abstract static class ReadsAny<T> {

		@OnMessage
		String on(T value) {
			return value.toString();
		}

	}

	@WsEndpoint("/")
	static class ReadsInherited extends ReadsAny<List<Payment>> {

	}

	@WsEndpoint("/")
	static class OtherCallbacks {

		@OnOpen
		List<Payment> open() {
			return ALL;
		}

		@OnPong
		List<Payment> pong(byte[] payload) {
			return ALL;
		}

		@OnError
		List<Payment> failed(IllegalStateException ex) {
			return ALL;
		}

	}

	@WsEndpoint("/")
	static class HeapPollution {

		@OnMessage
		@SuppressWarnings({ "unchecked", "rawtypes" })
		CompletionStage<List<Payment>> on(String text) {
			return (CompletionStage) CompletableFuture.completedFuture(CARD);
		}

	}

}
