package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.WsSession;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.HandshakeInterceptor;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InterceptorTests {

	private static final ThreadLocal<String> MARKS = ThreadLocal.withInitial(() -> "");

	@ParameterizedTest
	@ValueSource(strings = { "worker", "event-loop" })
	void ofHandshakesAndCallbacksAreBeansInOrder(String execution) {
		try (RunningApp app = RunningApp.start(List.of(Marks.class, Interceptors.class),
				"--ws.server.execution=" + execution);
				WsTestClient client = WsTestClient.connect(app.port(), "/marks?key=open")) {
			client.send("tell");
			assertThat(client.nextText()).isEqualTo("handshake 1 2, callback 1 2");
		}
	}

	@Test
	void mayRefuseByHandWhatSpringSecurityWould() {
		try (RunningApp app = RunningApp.start(List.of(Marks.class, Interceptors.class))) {
			assertThatExceptionOfType(HandshakeRefusedException.class)
				.isThrownBy(() -> WsTestClient.connect(app.port(), "/marks?key=wrong"))
				.satisfies((refused) -> assertThat(refused.status()).isEqualTo(401));
		}
	}

	@WsEndpoint("/marks")
	static class Marks {

		@OnMessage
		String tell(String message, WsSession session) {
			return "handshake" + session.attributes().get("marks") + ", callback" + MARKS.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		@Order(2)
		HandshakeInterceptor secondHandshake() {
			return (request, next) -> next.proceed(request).thenApply((decision) -> marked(decision, " 2"));
		}

		@Bean
		@Order(1)
		HandshakeInterceptor firstHandshake() {
			return (request, next) -> request.queryParam("key").filter("open"::equals).isPresent()
					? next.proceed(request).thenApply((decision) -> marked(decision, " 1"))
					: CompletableFuture.completedFuture(
							HandshakeDecision.refuse(401).withHeader("WWW-Authenticate", "Key realm=\"marks\""));
		}

		/**
		 * The first interceptor sees the decision last, so it writes before the others.
		 */
		private static HandshakeDecision marked(HandshakeDecision decision, String mark) {
			Accept accept = (Accept) decision;
			return accept.withAttribute("marks", mark + accept.attributes().getOrDefault("marks", ""));
		}

		@Bean
		@Order(2)
		CallbackInterceptor secondCallback() {
			return marking(" 2");
		}

		@Bean
		@Order(1)
		CallbackInterceptor firstCallback() {
			return marking(" 1");
		}

		private static CallbackInterceptor marking(String mark) {
			return (session, callback, argument, next) -> {
				String before = MARKS.get();
				MARKS.set(before + mark);
				try {
					next.proceed(session, callback, argument);
				}
				finally {
					MARKS.set(before);
				}
			};
		}

	}

}
