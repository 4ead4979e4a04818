package io.wsboot.spring.autoconfigure.web;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Session has replaced the container's HTTP sessions. The store of these tests
 * publishes no events, as the one for JDBC; the events of others are published by hand.
 */
@ParameterizedClass
@ValueSource(strings = { SharedApp.WITHOUT_JETTY, SharedApp.WITHOUT_TOMCAT })
class SpringSessionTests {

	private static final String ENDED = "1008 HTTP session ended";

	@Parameter
	private String without;

	private static SharedApp app;

	@BeforeParameterizedClassInvocation
	static void start(String without) {
		app = SharedApp.start(List.of(HttpSessionTests.Attributes.class, HttpSessionTests.Login.class, Sessions.class),
				without, "ws.server.web.http-session-attributes=cart");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		app.close();
	}

	private static String login() {
		return HttpSessionTests.cookie(app.http("GET", "/login"));
	}

	private static WsTestClient connect(String cookie) {
		return HttpSessionTests.connect(app, cookie);
	}

	private static String logout(String cookie) {
		return app.http("GET", "/logout", "Cookie: " + cookie);
	}

	private static MapSession stored(String cookie) {
		return app.context().getBean(MapSessionRepository.class).findById(cookie.substring(cookie.indexOf('=') + 1));
	}

	@Test
	void logoutClosesTheSocketsOfTheSessionOnly() {
		String one = login();
		String other = login();
		try (WsTestClient first = connect(one);
				WsTestClient second = connect(one);
				WsTestClient others = connect(other);
				WsTestClient nobodys = WsTestClient.connect(app.port(), "/attributes")) {
			assertThat(first.send("tell").nextText()).isEqualTo("{cart=3 apples}");
			assertThat(second.send("tell").nextText()).isEqualTo("{cart=3 apples}");
			assertThat(logout(one)).startsWith("HTTP/1.1 200 ");
			assertThat(first.closeStatus()).hasToString(ENDED);
			assertThat(second.closeStatus()).hasToString(ENDED);
			assertThat(others.send("tell").nextText()).isEqualTo("{cart=3 apples}");
			assertThat(nobodys.send("tell").nextText()).isEqualTo("{}");
		}
	}

	@Test
	void anotherIdIsTheSameSession() {
		String before = login();
		try (WsTestClient early = connect(before)) {
			assertThat(early.send("tell").nextText()).isEqualTo("{cart=3 apples}");
			String after = HttpSessionTests.cookie(app.http("GET", "/change-id", "Cookie: " + before));
			assertThat(after).isNotEqualTo(before);
			try (WsTestClient late = connect(after)) {
				assertThat(late.send("tell").nextText()).isEqualTo("{cart=3 apples}");
				assertThat(early.send("tell").nextText()).isEqualTo("{cart=3 apples}");
				logout(after);
				assertThat(early.closeStatus()).hasToString(ENDED);
				assertThat(late.closeStatus()).hasToString(ENDED);
			}
		}
	}

	/** As a store does that tells all nodes. */
	@Test
	void eventsOfTheStoreCount() {
		for (boolean expired : new boolean[] { true, false }) {
			String cookie = login();
			try (WsTestClient client = connect(cookie)) {
				MapSession session = stored(cookie);
				session.changeSessionId(); // on another node
				app.context()
					.publishEvent(
							expired ? new SessionExpiredEvent(this, session) : new SessionDeletedEvent(this, session));
				assertThat(client.closeStatus()).hasToString(ENDED);
			}
		}
	}

	@Test
	void aHandshakeMakesNoSession() {
		assertThat(app.http("GET", "/attributes", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 101 ")
			.doesNotContain("Set-Cookie");
	}

	/** The request has its own copy of the session, which knows nothing of the end. */
	@Test
	void aSessionThatEndsWhileARequestIsUnderWayOpensNothing() throws Exception {
		Held held = app.context().getBean(Held.class);
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			String cookie = login();
			Future<WsTestClient> opening = thread
				.submit(() -> WsTestClient.builder().header("Cookie", cookie).connect(app.port(), "/held"));
			assertThat(held.begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			logout(cookie);
			held.ended.release();
			try (WsTestClient client = opening.get()) {
				assertThat(client.closeStatus()).hasToString(ENDED);
			}
		}
		finally {
			thread.shutdown();
		}
	}

	/** Keeps what requests at the same time have set, as stores for production do. */
	private static final class Merging extends MapSessionRepository {

		Merging() {
			super(new ConcurrentHashMap<>());
		}

		@Override
		public void save(MapSession session) {
			MapSession stored = findById(session.getId());
			if (stored != null) {
				stored.getAttributeNames()
					.stream()
					.filter((name) -> session.getAttribute(name) == null)
					.forEach((name) -> session.setAttribute(name, stored.getAttribute(name)));
			}
			super.save(session);
		}

	}

	/** A filter that waits with the session in its hands. */
	static class Held {

		private final Semaphore begun = new Semaphore(0);

		private final Semaphore ended = new Semaphore(0);

	}

	@WsEndpoint("/held")
	static class HeldEndpoint {

		@OnMessage
		void message(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	static class Sessions {

		@Bean
		MapSessionRepository sessionRepository() {
			return new Merging();
		}

		@Bean
		CookieSerializer cookieSerializer() {
			DefaultCookieSerializer cookies = new DefaultCookieSerializer();
			cookies.setUseBase64Encoding(false);
			return cookies;
		}

		@Bean
		Held held() {
			return new Held();
		}

		@Bean
		HeldEndpoint heldEndpoint() {
			return new HeldEndpoint();
		}

		@Bean
		FilterRegistrationBean<?> holding(Held held) {
			FilterRegistrationBean<?> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				assertThat(((HttpServletRequest) request).getSession(false)).isNotNull();
				held.begun.release();
				held.ended.acquireUninterruptibly();
				chain.doFilter(request, response);
			});
			filter.addUrlPatterns("/held");
			return filter;
		}

	}

}
