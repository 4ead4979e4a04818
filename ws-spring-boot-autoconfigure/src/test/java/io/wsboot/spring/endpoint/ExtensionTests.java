package io.wsboot.spring.endpoint;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an application adds to what endpoints can do. */
class ExtensionTests {

	private final RecordingSession session = new RecordingSession();

	@Test
	void aResolverGivesValuesToParametersBesideThePayload() throws Exception {
		WsHandler handler = handlerOf(Accounts.class, AccountResolver.class, LateResolver.class);
		this.session.attributes().put("account", "ann");
		handler.onOpen(this.session);
		handler.onText(this.session, "{\"x\":1}");
		assertThat(this.session.sent).containsExactly(Message.text("hello ann"), Message.text("ann says 1"));
	}

	@Test
	void withoutItsResolverAParameterIsUnknown() {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.in(Accounts.class))
			.withMessageContaining("is a second payload beside parameter 1")
			.satisfies((ex) -> assertThat(ex.advice()).contains("what a CallbackArgumentResolver bean supports"));
	}

	@Test
	void whatAResolverThrowsIsTheCallbacksFailure() {
		WsHandler handler = handlerOf(Accounts.class, AccountResolver.class);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.onOpen(this.session))
			.withMessage("nobody");
	}

	@Test
	void aConverterReadsAndWritesItsTypes() throws Exception {
		WsHandler handler = handlerOf(Drawing.class, PointConverter.class);
		handler.onBinary(this.session, ByteBuffer.wrap("3,4".getBytes(StandardCharsets.UTF_8)));
		handler.onText(this.session, "{\"x\":1}");
		assertThat(this.session.sent).containsExactly(Message.text("3 and 4"), Message.text("json 1"));
		assertThat(
				new StandardPayloadConverter(Endpoints.JSON, List.of(new PointConverter())).toMessage(new Point(5, 6)))
			.isEqualTo(Message.binary("5,6".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void aConverterOfADeclaredTypeWritesIt() throws Exception {
		WsHandler handler = handlerOf(Lists.class, PointsConverter.class);
		handler.onText(this.session, "[]");
		assertThat(this.session.sent).containsExactly(Message.text("points: 1"), Message.text("points: 2"));
	}

	@Test
	void whatAConverterCannotReadIsTheClientsFault() {
		WsHandler handler = handlerOf(Drawing.class, PointConverter.class);
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> handler.onBinary(this.session, ByteBuffer.wrap(new byte[] { 'x' })))
			.withCauseInstanceOf(NumberFormatException.class);
	}

	@Test
	void withAConverterNoJsonLibraryIsNeeded() {
		assertThat(Endpoints.withoutJson(OnlyPoints.class, PointConverter.class)).hasSize(1);
	}

	@Test
	void annotationsOfTheApplicationsOwn() throws Exception {
		WsHandler handler = Endpoints.only(Endpoints.in(Composed.class)).handler();
		RecordingSession session = Endpoints.open(handler, Endpoints.request("tenant=acme", Map.of()));
		handler.onText(session, "hi");
		assertThat(session.sent).containsExactly(Message.text("acme: hi"));
	}

	private static WsHandler handlerOf(Class<?>... beans) {
		return Endpoints.only(Endpoints.in(beans)).handler();
	}

	record Account(String name) {
	}

	record Point(int x, int y) {
	}

	record Number(int x) {
	}

	@Order(0)
	static class AccountResolver implements CallbackArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Account.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, WsSession session) {
			if (session.attributes().get("account") instanceof String name) {
				return new Account(name);
			}
			throw new IllegalStateException("nobody");
		}

	}

	@Order(Ordered.LOWEST_PRECEDENCE)
	static class LateResolver implements CallbackArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			assertThat(parameter.getParameterType()).isNotIn(WsSession.class, Account.class);
			return false;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, WsSession session) {
			throw new IllegalStateException();
		}

	}

	static class PointConverter implements WsMessageConverter {

		@Override
		public boolean supports(ResolvableType type) {
			return type.resolve() == Point.class;
		}

		@Override
		public boolean isBinary() {
			return true;
		}

		@Override
		public Object read(Message message, ResolvableType type) {
			String[] numbers = StandardCharsets.UTF_8.decode(((Message.Binary) message).payload())
				.toString()
				.split(",");
			return new Point(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
		}

		@Override
		public Message write(Object payload) {
			Point point = (Point) payload;
			return Message.binary((point.x() + "," + point.y()).getBytes(StandardCharsets.UTF_8));
		}

	}

	static class PointsConverter implements WsMessageConverter {

		@Override
		public boolean supports(ResolvableType type) {
			return ResolvableType.forClassWithGenerics(List.class, Point.class).isAssignableFrom(type);
		}

		@Override
		public boolean isBinary() {
			return false;
		}

		@Override
		public Object read(Message message, ResolvableType type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Message write(Object payload) {
			return Message.text("points: " + ((List<?>) payload).size());
		}

	}

	@WsEndpoint("/")
	static class Lists {

		@OnMessage
		Flux<List<Point>> points(List<Integer> any) {
			return Flux.just(List.of(new Point(1, 2)), List.of(new Point(1, 2), new Point(3, 4)));
		}

	}

	@WsEndpoint("/")
	static class Accounts {

		@OnOpen
		String opened(Account account) {
			return "hello " + account.name();
		}

		@OnMessage
		String said(Number number, WsSession session, Account account) {
			return account.name() + " says " + number.x();
		}

	}

	@WsEndpoint("/")
	static class Drawing {

		@OnMessage
		String drawn(Point point) {
			return point.x() + " and " + point.y();
		}

		@OnMessage
		String told(Number number) {
			return "json " + number.x();
		}

	}

	@WsEndpoint("/")
	static class OnlyPoints {

		@OnMessage
		Point mirrored(Point point) {
			return new Point(point.y(), point.x());
		}

	}

	@WsEndpoint
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@interface TenantEndpoint {

		@AliasFor(annotation = WsEndpoint.class, attribute = "path")
		String value();

		@AliasFor(annotation = WsEndpoint.class, attribute = "maxMessageSize")
		String most() default "1KB";

	}

	@QueryParam("tenant")
	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Tenant {

	}

	@OnMessage
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Said {

	}

	@TenantEndpoint("/composed")
	static class Composed {

		@Said
		String said(String text, @Tenant String tenant) {
			return tenant + ": " + text;
		}

	}

}
