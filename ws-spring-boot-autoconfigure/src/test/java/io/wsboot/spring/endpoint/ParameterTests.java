package io.wsboot.spring.endpoint;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.wsboot.CloseStatus;
import io.wsboot.Execution;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.annotation.OnClose;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.OnPong;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the parameters of callbacks are given. */
class ParameterTests {

	/** What the endpoints below were called with; the beans are made by a context. */
	private static final List<@Nullable Object> seen = new ArrayList<>();

	@BeforeEach
	void forget() {
		seen.clear();
	}

	private static void see(@Nullable Object... values) {
		seen.addAll(Arrays.asList(values));
	}

	@Nested
	class Payloads {

		private final RecordingSession session = new RecordingSession();

		@Test
		void stringTakesText() throws Exception {
			Endpoints.handlerOf(TakesString.class).onText(this.session, "grüße");
			assertThat(seen).containsExactly("grüße");
		}

		@Test
		void byteArrayIsACopyOfWhatIsLent() throws Exception {
			ByteBuffer lent = ByteBuffer.wrap(new byte[] { 1, 2, 3 });
			Endpoints.handlerOf(TakesBytes.class).onBinary(this.session, lent);
			lent.put(0, (byte) 9);
			assertThat(seen).singleElement().isEqualTo(new byte[] { 1, 2, 3 });
		}

		@Test
		void byteArrayIsWhatLiesBetweenPositionAndLimit() throws Exception {
			Endpoints.handlerOf(TakesBytes.class)
				.onBinary(this.session, ByteBuffer.allocateDirect(8).put(3, (byte) 7).position(3).limit(5));
			assertThat(seen).singleElement().isEqualTo(new byte[] { 7, 0 });
		}

		@Test
		void byteBufferIsTheOneThatIsLent() throws Exception {
			ByteBuffer lent = ByteBuffer.wrap(new byte[] { 1 });
			Endpoints.handlerOf(TakesBuffer.class).onBinary(this.session, lent);
			assertThat(seen).singleElement().isSameAs(lent);
		}

		@Test
		void anythingElseIsReadAsJson() throws Exception {
			Endpoints.handlerOf(TakesJson.class).onText(this.session, "{\"x\": 3}");
			assertThat(seen).containsExactly(new Point(3));
		}

		@Test
		void genericTypesKeepTheirArguments() throws Exception {
			Endpoints.handlerOf(TakesGenericJson.class).onText(this.session, "[{\"x\": 3}]");
			assertThat(seen).containsExactly(List.of(new Point(3)));
		}

		@Test
		void typeVariablesOfASuperclassAreResolved() throws Exception {
			Endpoints.handlerOf(TakesInherited.class).onText(this.session, "{\"x\": 4}");
			assertThat(seen).containsExactly(new Point(4));
		}

		@Test
		void textThatIsNoJsonIsAConversionFailure() {
			WsHandler handler = Endpoints.handlerOf(TakesJson.class);
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> handler.onText(this.session, "secret{"))
				.withMessageNotContaining("secret")
				.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
			assertThat(seen).isEmpty();
		}

		@Test
		void jsonNullIsAConversionFailureWhereNullIsNotTaken() {
			WsHandler handler = Endpoints.handlerOf(TakesJson.class);
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> handler.onText(this.session, "null"))
				.withMessageContaining("Point");
		}

		@Test
		void jsonNullIsNullWhereNullIsTaken() throws Exception {
			Endpoints.handlerOf(TakesNullableJson.class).onText(this.session, "null");
			assertThat(seen).hasSize(1).containsOnlyNulls();
		}

		@Test
		void textAndBinaryHaveAMethodEach() throws Exception {
			WsHandler handler = Endpoints.handlerOf(TakesBoth.class);
			handler.onText(this.session, "a");
			handler.onBinary(this.session, ByteBuffer.allocate(2));
			assertThat(seen).containsExactly("text", "binary");
		}

		@Test
		void textWithoutTextMethodClosesWith1003() throws Exception {
			Endpoints.handlerOf(TakesBytes.class).onText(this.session, "a");
			assertThat(this.session.closed).isNotNull();
			assertThat(this.session.closed.code()).isEqualTo(1003);
		}

		@Test
		void binaryWithoutBinaryMethodClosesWith1003() throws Exception {
			Endpoints.handlerOf(TakesString.class).onBinary(this.session, ByteBuffer.allocate(1));
			assertThat(this.session.closed).isNotNull();
			assertThat(this.session.closed.code()).isEqualTo(1003);
		}

	}

	@Nested
	class OfTheSession {

		@Test
		void sessionHandshakeAndPrincipal() throws Exception {
			RecordingSession session = new RecordingSession();
			Principal user = () -> "ada";
			session.principal = user;
			Endpoints.handlerOf(TakesSession.class).onOpen(session);
			assertThat(seen).containsExactly(session, session.handshake(), user, Optional.of(user));
		}

		@Test
		void principalIsNullWhenUnknown() throws Exception {
			RecordingSession session = new RecordingSession();
			Endpoints.handlerOf(TakesSession.class).onOpen(session);
			assertThat(seen).containsExactly(session, session.handshake(), null, Optional.empty());
		}

		@Test
		void principalOfASubtype() throws Exception {
			RecordingSession session = new RecordingSession();
			session.principal = new Account("ada");
			Endpoints.handlerOf(TakesAccount.class).onOpen(session);
			assertThat(seen).containsExactly(new Account("ada"));
		}

		@Test
		void principalOfAnotherType() {
			RecordingSession session = new RecordingSession();
			session.principal = () -> "ada";
			WsHandler handler = Endpoints.handlerOf(TakesAccount.class);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.onOpen(session))
				.withMessageContaining("not a " + Account.class.getName());
		}

		@Test
		void closeStatus() throws Exception {
			Endpoints.handlerOf(TakesClose.class).onClose(new RecordingSession(), CloseStatus.GOING_AWAY);
			assertThat(seen).containsExactly(CloseStatus.GOING_AWAY, "java");
		}

		@Test
		void pong() throws Exception {
			Endpoints.handlerOf(TakesPong.class).onPong(new RecordingSession(), ByteBuffer.wrap(new byte[] { 1, 2 }));
			assertThat(seen).containsExactly(List.of((byte) 1, (byte) 2));
		}

	}

	@Nested
	class OfTheHeaders {

		private final WsHandler handler = Endpoints.handlerOf(TakesHeaders.class);

		private HandshakeRequest request(String... namesAndValues) {
			Headers headers = Headers.empty();
			for (int i = 0; i < namesAndValues.length; i += 2) {
				headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
			}
			return new HandshakeRequest("/", null, headers);
		}

		@Test
		void areConverted() throws Exception {
			Endpoints.open(this.handler, request("x-tenant", "7", "X-Tenant", "8", "User-Agent", "a b"));
			assertThat(seen).containsExactly(7, Optional.of("a b"));
		}

		@Test
		void optionalOnesMayBeLeftOutAndOthersMayNot() throws Exception {
			Endpoints.open(this.handler, request("X-Tenant", "7"));
			assertThat(seen).containsExactly(7, Optional.empty());
			assertThat(this.handler.onHandshake(request("User-Agent", "a b")))
				.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
			assertThat(this.handler.onHandshake(request("X-Tenant", "seven")))
				.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
		}

	}

	@Nested
	class OfTheHandshake {

		private final WsHandler handler = Endpoints.handlerOf(TakesNamed.class);

		private final Map<String, String> path = Map.of("id", "42", "color", "worker");

		@Test
		void areConvertedAndGivenToEveryCallback() throws Exception {
			String uuid = "00000000-0000-0001-0000-000000000002";
			RecordingSession session = Endpoints.open(this.handler,
					Endpoints.request("key=" + uuid + "&max=7&q=a%20b", this.path));
			assertThat(seen).containsExactly(42L, Execution.WORKER, UUID.fromString(uuid), Optional.of(7), "a b");
			seen.clear();
			this.handler.onText(session, "m");
			assertThat(seen).containsExactly("m", "42", 42L);
		}

		@Test
		void optionalOnesMayBeLeftOut() throws Exception {
			Endpoints.open(this.handler, Endpoints.request("key=00000000-0000-0001-0000-000000000002", this.path));
			assertThat(seen).endsWith(new @Nullable Object[] { Optional.empty(), null });
		}

		@Test
		void areConvertedOnceForEachSession() throws Exception {
			RecordingSession session = Endpoints.open(this.handler,
					Endpoints.request("key=00000000-0000-0001-0000-000000000002", this.path));
			Object key = seen.get(2);
			this.handler.onClose(session, CloseStatus.NORMAL);
			assertThat(seen.get(seen.size() - 1)).isSameAs(key);
		}

		@Test
		void surviveAClearOfTheAttributes() throws Exception {
			RecordingSession session = Endpoints.open(this.handler,
					Endpoints.request("key=00000000-0000-0001-0000-000000000002", this.path));
			session.attributes().clear();
			this.handler.onText(session, "m");
			assertThat(seen).endsWith("m", "42", 42L);
		}

	}

	record Point(int x) {
	}

	record Account(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	@WsEndpoint("/")
	static class TakesString {

		@OnMessage
		void on(String text) {
			see(text);
		}

	}

	@WsEndpoint("/")
	static class TakesBytes {

		@OnMessage
		void on(byte[] bytes) {
			see((Object) bytes);
		}

	}

	@WsEndpoint("/")
	static class TakesBuffer {

		@OnMessage
		void on(ByteBuffer bytes) {
			see(bytes);
		}

	}

	@WsEndpoint("/")
	static class TakesJson {

		@OnMessage
		void on(WsSession session, Point point) {
			see(point);
		}

	}

	@WsEndpoint("/")
	static class TakesNullableJson {

		@OnMessage
		void on(@Nullable Point point) {
			see(point);
		}

	}

	@WsEndpoint("/")
	static class TakesGenericJson {

		@OnMessage
		void on(List<Point> points) {
			see(points);
		}

	}

	abstract static class Takes<T> {

		@OnMessage
		void on(T value) {
			see(value);
		}

	}

	@WsEndpoint("/")
	static class TakesInherited extends Takes<Point> {

	}

	@WsEndpoint("/")
	static class TakesBoth {

		@OnMessage
		void text(String text) {
			see("text");
		}

		@OnMessage
		void binary(byte[] bytes) {
			see("binary");
		}

	}

	@WsEndpoint("/")
	static class TakesSession {

		@OnOpen
		void on(WsSession session, HandshakeRequest request, @Nullable Principal user, Optional<Principal> same) {
			see(session, request, user, same);
		}

	}

	@WsEndpoint("/")
	static class TakesAccount {

		@OnOpen
		void on(Account account) {
			see(account);
		}

	}

	@WsEndpoint("/{room}")
	static class TakesClose {

		@OnClose
		void on(CloseStatus status, @PathParam Optional<String> room) {
			see(status, room.orElse("java"));
		}

	}

	@WsEndpoint("/")
	static class TakesPong {

		@OnPong
		void on(byte[] payload) {
			see(List.of(payload[0], payload[1]));
		}

	}

	@WsEndpoint("/")
	static class TakesHeaders {

		@OnOpen
		void on(@HeaderParam("X-Tenant") int tenant, @HeaderParam("User-Agent") Optional<String> agent) {
			see(tenant, agent);
		}

	}

	@WsEndpoint("/{id}/{color}")
	static class TakesNamed {

		@OnOpen
		void open(@PathParam long id, @PathParam("color") Execution execution, @QueryParam UUID key,
				@QueryParam Optional<Integer> max, @QueryParam @Nullable String q) {
			see(id, execution, key, max, q);
		}

		@OnMessage
		void text(@PathParam("id") String raw, String text, @PathParam long id) {
			see(text, raw, id);
		}

		@OnClose
		void close(@QueryParam UUID key) {
			see(key);
		}

	}

}
