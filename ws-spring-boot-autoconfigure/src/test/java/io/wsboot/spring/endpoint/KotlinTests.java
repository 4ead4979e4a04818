package io.wsboot.spring.endpoint;

import java.util.Map;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Message;
import io.wsboot.WsHandler;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Endpoints in Kotlin. */
class KotlinTests {

	private static HandshakeRequest query(String query) {
		return Endpoints.request(query, Map.of());
	}

	private static String reply(Class<?> endpoint, String query, String text) throws Exception {
		WsHandler handler = Endpoints.handlerOf(endpoint);
		RecordingSession session = Endpoints.open(handler, query(query));
		session.sent.clear();
		handler.onText(session, text);
		return ((Message.Text) session.sent.get(0)).text();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "required=1 | a limit 5 required 1 exact true",
			"required=1&limit=3 | a limit 3 required 1 exact true" })
	void defaultArguments(String query, String expected) throws Exception {
		assertThat(reply(KotlinDefaults.class, query, "a")).isEqualTo(expected);
	}

	@Test
	void inheritedDefaultArguments() throws Exception {
		assertThat(reply(KotlinInherits.class, "limit=3", "a")).isEqualTo("a limit 3");
		assertThat(reply(KotlinInherits.class, "", "a")).isEqualTo("a limit 5");
	}

	@Test
	void whatHasNoDefaultIsRequired() throws Exception {
		WsHandler handler = Endpoints.handlerOf(KotlinDefaults.class);
		assertThat(handler.onHandshake(query("limit=3"))).isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
		assertThat(handler.onHandshake(query("required=1&limit=x")))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
	}

	@Test
	void defaultArgumentsOfOtherCallbacks() throws Throwable {
		WsHandler handler = Endpoints.handlerOf(KotlinDefaults.class);
		RecordingSession session = Endpoints.open(handler, query("required=1"));
		handler.onError(session, new IllegalStateException("x"));
		RecordingSession named = Endpoints.open(handler, query("required=1&name=ann&tag=a&tag=b&prefix=p"));
		handler.onError(named, new IllegalStateException("y"));
		assertThat(session.sent).containsExactly(Message.text("welcome stranger [none]"), Message.text("failed: x"));
		assertThat(named.sent).containsExactly(Message.text("welcome ann [a, b]"), Message.text("p: y"));
		WsHandler judge = Endpoints.handlerOf(KotlinHandshake.class);
		assertThat(judge.onHandshake(query("")))
			.isCompletedWithValueMatching(HandshakeDecision.Accept.class::isInstance);
		assertThat(judge.onHandshake(query("version=1"))).isCompletedWithValue(HandshakeCallback.RETURNED_FALSE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | null | null null other", "name=n&other=o | null | null n o",
			"'' | {\"text\":\"q\"} | KotlinLine(text=q) null other" })
	void whatIsMarkedNullableMayBeMissing(String query, String text, String expected) throws Exception {
		assertThat(reply(KotlinNullable.class, query, text)).isEqualTo(expected);
	}

	@Test
	void aPayloadOfNullIsTheDefault() throws Exception {
		assertThat(reply(KotlinDefaultPayload.class, "", "null")).isEqualTo("default");
		assertThat(reply(KotlinDefaultPayload.class, "", "{\"text\":\"t\"}")).isEqualTo("t");
	}

	@Test
	void valueClassesBesideADefault() throws Exception {
		assertThat(reply(KotlinValueClass.class, "size=4", "a")).isEqualTo("a 4 3");
		assertThat(reply(KotlinValueClass.class, "size=4&page=5", "a")).isEqualTo("a 4 5");
	}

	@Test
	void whatAFunctionThrowsComesUnwrapped() throws Exception {
		WsHandler handler = Endpoints.handlerOf(KotlinThrows.class);
		RecordingSession session = Endpoints.open(handler, query(""));
		assertThat(catchThrowable(() -> handler.onText(session, "a"))).isInstanceOf(IllegalStateException.class)
			.hasMessage("a 5");
	}

	@Test
	void throughAProxy() throws Exception {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Proxying.class,
				KotlinProxied.class);
		assertThat(AopUtils.isCglibProxy(context.getBean(KotlinProxied.class))).isTrue();
		WsHandler handler = Endpoints.only(Endpoints.in(Endpoints.JSON, context)).handler();
		RecordingSession session = Endpoints.open(handler, query(""));
		handler.onText(session, "a");
		handler.onText(session, "a");
		assertThat(session.sent).containsExactly(Message.text("2"), Message.text("4"));
	}

	@Test
	void aFinalFunctionBehindAProxyStopsTheStart() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Proxying.class,
				KotlinFinalMethod.class);
		assertThatExceptionOfType(InvalidEndpointException.class)
			.isThrownBy(() -> Endpoints.in(Endpoints.JSON, context))
			.withMessageContaining("is final");
	}

	@Test
	void unitIsNothing() throws Exception {
		WsHandler handler = Endpoints.handlerOf(KotlinUnit.class);
		RecordingSession session = Endpoints.open(handler, query(""));
		handler.onText(session, "a");
		assertThat(session.sent).isEmpty();
	}

	@Test
	void suspendingFunctionsStopTheStart() {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> Endpoints.in(KotlinSuspending.class))
			.withMessageContaining("is a suspending function");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class Proxying {

	}

}
