package io.wsboot.spring.context;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.Message;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The view that beans hold asks the running server's own view, each time anew. */
class DeferredSessionsTests {

	private final List<String> asked = new ArrayList<>();

	private Optional<WsSessions> current = Optional.empty();

	private final WsSessions sessions = new DeferredSessions(() -> this.current);

	static Stream<Method> methods() {
		return Arrays.stream(WsSessions.class.getMethods());
	}

	/**
	 * The server may answer a query better than a default method of the interface.
	 */
	@ParameterizedTest
	@MethodSource("methods")
	void asksTheServerUnderTheSameName(Method method) throws Exception {
		Object view = call(method, this.sessions);
		assertThat(this.asked).isEmpty();
		this.current = Optional.of(recording());
		if (view instanceof WsSessions narrower) {
			assertThat(narrower.count()).isEqualTo(1);
			assertThat(this.asked).containsExactly(method.getName(), "count");
		}
		else {
			call(method, this.sessions);
			assertThat(this.asked).containsExactly(method.getName());
		}
	}

	@ParameterizedTest
	@MethodSource("methods")
	void hasNoSessionsWhileNoServerRuns(Method method) throws Exception {
		Object result = call(method, this.sessions);
		if (result instanceof WsSessions narrower) {
			assertThat(narrower.count()).isZero();
		}
		else if (result instanceof Number number) {
			assertThat(number.longValue()).isZero();
		}
		else if (result instanceof Stream<?> stream) {
			assertThat(stream).isEmpty();
		}
		else {
			assertThat(Objects.requireNonNullElse(result, Optional.empty())).isEqualTo(Optional.empty());
		}
	}

	private static @Nullable Object call(Method method, WsSessions sessions) throws Exception {
		return method.invoke(sessions,
				Arrays.stream(method.getParameterTypes()).map(DeferredSessionsTests::argument).toArray());
	}

	private static @Nullable Object argument(Class<?> type) {
		if (type == Message.class) {
			return Message.text("text");
		}
		if (type == CloseStatus.class) {
			return CloseStatus.NORMAL;
		}
		if (type == Predicate.class) {
			return (Predicate<WsSession>) (session) -> true;
		}
		return (type == WsSession.class) ? null : "text";
	}

	private WsSessions recording() {
		return (WsSessions) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { WsSessions.class },
				(proxy, method, arguments) -> {
					this.asked.add(method.getName());
					Class<?> type = method.getReturnType();
					if (type == WsSessions.class) {
						return proxy;
					}
					if (type == Optional.class) {
						return Optional.empty();
					}
					if (type == Stream.class) {
						return Stream.empty();
					}
					return (type == void.class) ? null : (type == long.class) ? (Object) 1L : (Object) 1;
				});
	}

}
