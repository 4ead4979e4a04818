package io.wsboot.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import io.wsboot.spring.autoconfigure.SecuredEndpoints.ClosingOthers;
import io.wsboot.spring.autoconfigure.SecuredEndpoints.Jwt;
import io.wsboot.spring.autoconfigure.SecuredEndpoints.Passwords;
import io.wsboot.spring.autoconfigure.SecuredEndpoints.Whoami;
import io.wsboot.spring.security.EndpointAuthorization;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.test.WsTestClientBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SecurityTests {

	private static RunningApp app(Class<?> security, String... arguments) {
		return app(List.of(security), arguments);
	}

	private static RunningApp app(List<Class<?>> security, String... arguments) {
		List<Class<?>> beans = new ArrayList<>(SecuredEndpoints.ALL);
		beans.addAll(security);
		List<String> all = new ArrayList<>(List.of(arguments));
		if (!all.contains("--ws.server.security.enabled=false")) {
			all.add("--ws.server.security.enabled=true");
		}
		return RunningApp.start(beans, all.toArray(new String[0]));
	}

	private static WsTestClientBuilder bearer(String token) {
		return WsTestClient.builder().header("Authorization", "Bearer " + token);
	}

	private static WsTestClientBuilder basic(String pair) {
		return WsTestClient.builder()
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
	}

	private static HandshakeRefusedException refused(int status, ThrowingCallable connecting) {
		HandshakeRefusedException[] refused = new HandshakeRefusedException[1];
		assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(connecting).satisfies((ex) -> {
			assertThat(ex.status()).isEqualTo(status);
			refused[0] = ex;
		});
		return refused[0];
	}

	@Nested
	class Jwts {

		static Stream<Arguments> bad() {
			Instant now = Instant.now();
			String valid = Tokens.valid();
			return Stream.of(arguments("expired", Tokens.expiringIn(Duration.ofHours(-1))),
					arguments("expired within the leeway of the decoder", Tokens.expiringIn(Duration.ofSeconds(-5))),
					arguments("not valid yet", Tokens.with((claims) -> claims.notBefore(now.plusSeconds(600)))),
					arguments("of another issuer", Tokens.with((claims) -> claims.issuer("https://evil.test"))),
					arguments("for somebody else", Tokens.with((claims) -> claims.audience(List.of("mail")))),
					arguments("forged", Tokens.forged()), arguments("changed", valid.replaceFirst("\\.(.)", ".A$1")),
					arguments("without a signature", valid.substring(0, valid.lastIndexOf('.') + 1)),
					arguments("no JWT", "abc"), arguments("empty", ""));
		}

		@ParameterizedTest(name = "{0}")
		@MethodSource
		void bad(String what, String token) {
			try (RunningApp app = app(Jwt.class)) {
				HandshakeRefusedException refused = refused(401, () -> bearer(token).connect(app.port(), "/whoami"));
				assertThat(refused.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
			}
		}

		@Test
		void missing() {
			try (RunningApp app = app(Jwt.class)) {
				for (String path : List.of("/whoami", "/loop", "/open/1", "/guarded-handshake")) {
					HandshakeRefusedException refused = refused(401, () -> WsTestClient.connect(app.port(), path));
					assertThat(refused.header("WWW-Authenticate")).contains("Bearer");
				}
				refused(404, () -> WsTestClient.connect(app.port(), "/nowhere"));
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/whoami", "/loop" })
		void validOnesAreInForceInEveryCallback(String path) throws Exception {
			try (RunningApp app = app(Jwt.class);
					WsTestClient client = bearer(Tokens.valid()).connect(app.port(), path)) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
				client.send("hello");
				assertThat(client.nextText()).startsWith("hello ann ann ws-");
				assertThat(client.nextText()).isEqualTo("task ann");
				client.close(CloseStatus.NORMAL);
				if (path.equals("/whoami")) {
					assertThat(app.context().getBean(Whoami.class).closed.poll(10, TimeUnit.SECONDS))
						.isEqualTo("1000 ann");
				}
			}
		}

		@Test
		@EnabledForJreRange(min = JRE.JAVA_21)
		void validOnesAreInForceOnVirtualThreads() {
			try (RunningApp app = app(Jwt.class, "--spring.threads.virtual.enabled=true");
					WsTestClient client = bearer(Tokens.valid()).connect(app.port(), "/whoami")) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
				client.send("hello");
				assertThat(client.nextText()).startsWith("hello ann ann").doesNotContain("ws-handler");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "worker", "event-loop" })
		void areNotInForceForOthersOnTheSameThread(String execution) {
			try (RunningApp app = app(List.of(Jwt.class, OneWorker.class), "--ws.server.event-loops=1",
					"--ws.server.security.permit-all=/open/{room}", "--ws.server.execution=" + execution);
					WsTestClient ann = bearer(Tokens.valid()).connect(app.port(), "/open/1");
					WsTestClient bob = bearer(Tokens.with((claims) -> claims.subject("bob"))).connect(app.port(),
							"/open/1");
					WsTestClient nobody = WsTestClient.connect(app.port(), "/open/1")) {
				assertThat(ann.nextText()).isEqualTo("open ann ann");
				assertThat(bob.nextText()).isEqualTo("open bob bob");
				assertThat(nobody.nextText()).isEqualTo("open - anonymousUser");
				String thread = (execution.equals("worker")) ? "the-worker" : "ws-loop-0";
				for (int i = 0; i < 3; i++) {
					ann.send("a");
					assertThat(ann.nextText()).isEqualTo("a ann ann " + thread);
					nobody.send("n");
					assertThat(nobody.nextText()).isEqualTo("n - anonymousUser " + thread);
					bob.send("b");
					assertThat(bob.nextText()).isEqualTo("b bob bob " + thread);
					assertThat(ann.nextText()).isEqualTo("task ann");
					assertThat(nobody.nextText()).isEqualTo("task anonymousUser");
					assertThat(bob.nextText()).isEqualTo("task bob");
				}
			}
		}

		@Test
		void areInForceAgainAfterACallbackOfAnotherSession() throws Exception {
			try (RunningApp app = app(List.of(Jwt.class, ClosingOthers.class), "--ws.server.event-loops=1");
					WsTestClient bob = bearer(Tokens.with((claims) -> claims.subject("bob"))).connect(app.port(),
							"/closing");
					WsTestClient ann = bearer(Tokens.valid()).connect(app.port(), "/closing")) {
				Awaitility.await().until(() -> app.sessions().count() == 2);
				assertThat(ann.send("x").nextText()).isEqualTo("ann");
				assertThat(bob.closeStatus().code()).isEqualTo(1001);
				ClosingOthers endpoint = app.context().getBean(ClosingOthers.class);
				assertThat(endpoint.closed.poll(10, TimeUnit.SECONDS)).isEqualTo("bob");
				assertThat(ann.send("x").nextText()).isEqualTo("ann");
			}
		}

		@Test
		void thatNameNobodyCountForNobodysLimit() {
			String nameless = Tokens.with((claims) -> claims.claims((all) -> all.remove("sub")));
			try (RunningApp app = app(List.of(Jwt.class), "--ws.server.max-connections-per-principal=1");
					WsTestClient nobody = bearer(nameless).connect(app.port(), "/guarded");
					WsTestClient named = bearer(Tokens.with((claims) -> claims.subject("null"))).connect(app.port(),
							"/guarded")) {
				assertThat(named.send("x").nextText()).isEqualTo("allowed x");
				assertThat(nobody.send("x").nextText()).isEqualTo("allowed x");
				refused(429, () -> bearer(nameless).connect(app.port(), "/guarded"));
				assertThat(app.sessions().ofPrincipal("null").count()).isOne();
			}
		}

		@Test
		void leaveNothingBehindOnTheThread() throws Exception {
			try (RunningApp app = app(List.of(Jwt.class, OneWorker.class));
					WsTestClient ann = bearer(Tokens.valid()).connect(app.port(), "/whoami")) {
				assertThat(ann.nextText()).isEqualTo("open ann ann");
				OneWorker worker = app.context().getBean(OneWorker.class);
				assertThat(worker.pool.submit(() -> SecurityContextHolder.getContext().getAuthentication() == null)
					.get(10, TimeUnit.SECONDS)).isTrue();
			}
		}

		@Test
		void haveTheAuthoritiesOfTheApplicationsConverter() {
			try (RunningApp app = app(List.of(Jwt.class, Converter.class));
					WsTestClient client = bearer(Tokens.with((claims) -> claims.claim("scope", "mail")))
						.connect(app.port(), "/guarded")) {
				client.send("x");
				assertThat(client.nextText()).isEqualTo("allowed x");
			}
		}

		@Test
		void closeTheSessionWhenTheyExpire() {
			try (RunningApp app = app(Jwt.class, "--ws.server.security.expiry-close-code=4401");
					WsTestClient client = bearer(Tokens.expiringIn(Duration.ofSeconds(4))).connect(app.port(), "/loop");
					WsTestClient other = bearer(Tokens.valid()).connect(app.port(), "/loop")) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
				assertThat(client.closeStatus()).isEqualTo(new CloseStatus(4401, "authentication expired"));
				Awaitility.await().until(() -> app.sessions().count() == 1);
				other.send("still");
				assertThat(other.nextText()).isEqualTo("open ann ann");
			}
		}

		@Test
		void closeWith1008WhenTheyExpireUnlessToldOtherwise() {
			try (RunningApp app = app(Jwt.class);
					WsTestClient client = bearer(Tokens.expiringIn(Duration.ofSeconds(4))).connect(app.port(),
							"/whoami")) {
				assertThat(client.nextText()).isEqualTo("open ann ann");
				assertThat(client.closeStatus().code()).isEqualTo(1008);
			}
		}

		@Test
		void foreignPagesAreRefusedWhateverTheyShow() {
			try (RunningApp app = app(Jwt.class)) {
				refused(403, () -> bearer(Tokens.valid()).header("Origin", "https://evil.test")
					.connect(app.port(), "/whoami"));
				bearer(Tokens.valid()).header("Origin", "http://localhost:3000").connect(app.port(), "/whoami").close();
			}
		}

		@Test
		void findSessionsByTheirPrincipal() {
			try (RunningApp app = app(Jwt.class);
					WsTestClient ann = bearer(Tokens.valid()).connect(app.port(), "/whoami");
					WsTestClient too = bearer(Tokens.valid()).connect(app.port(), "/loop");
					WsTestClient bob = bearer(Tokens.with((claims) -> claims.subject("bob"))).connect(app.port(),
							"/whoami")) {
				Awaitility.await().until(() -> app.sessions().count() == 3);
				assertThat(app.sessions().ofPrincipal("ann").stream().map(WsSession::endpoint))
					.containsExactlyInAnyOrder("/whoami", "/loop");
				app.sessions().ofPrincipal("ann").close(CloseStatus.of(4000));
				for (WsTestClient closed : List.of(ann, too)) {
					closed.nextText();
					assertThat(closed.closeStatus().code()).isEqualTo(4000);
				}
				assertThat(bob.nextText()).isEqualTo("open bob bob");
				assertThat(app.sessions().ofPrincipal("bob").count()).isOne();
			}
		}

	}

	@Nested
	class TokensElsewhere {

		@Test
		void inTheQueryOnlyIfEnabled() {
			String path = "/whoami?access_token=" + Tokens.valid();
			try (RunningApp app = app(Jwt.class)) {
				refused(401, () -> WsTestClient.connect(app.port(), path));
			}
			try (RunningApp app = app(Jwt.class, "--ws.server.security.token-in-query=true")) {
				try (WsTestClient client = WsTestClient.connect(app.port(), path)) {
					assertThat(client.nextText()).isEqualTo("open ann ann");
				}
				refused(401, () -> WsTestClient.connect(app.port(), "/whoami?access_token=" + Tokens.forged()));
				refused(400, () -> bearer(Tokens.valid()).connect(app.port(), path));
				refused(400, () -> WsTestClient.connect(app.port(), path + "&access_token=x"));
			}
		}

		@Test
		void asASubprotocolOnlyIfEnabled() {
			try (RunningApp app = app(Jwt.class)) {
				refused(401, () -> offering("chat", "access_token", Tokens.valid()).connect(app.port(), "/open/1"));
			}
			try (RunningApp app = app(Jwt.class, "--ws.server.security.token-in-subprotocol=true")) {
				try (WsTestClient client = offering("chat", "access_token", Tokens.valid()).connect(app.port(),
						"/open/1")) {
					assertThat(client.subprotocol()).contains("chat");
					assertThat(client.nextText()).isEqualTo("open ann ann");
				}
				try (WsTestClient client = offering("access_token", Tokens.valid()).connect(app.port(), "/whoami")) {
					assertThat(client.subprotocol()).contains("access_token");
				}
				refused(401, () -> offering("access_token", Tokens.forged()).connect(app.port(), "/whoami"));
				refused(401, () -> offering("access_token").connect(app.port(), "/whoami"));
				refused(401, () -> offering(Tokens.valid()).connect(app.port(), "/whoami"));
			}
		}

		@Test
		void areNeverAgreedOnByThoseThatAreNotAsked() throws Exception {
			try (RunningApp app = app(Jwt.class, "--ws.server.security.permit-all=/**");
					RawClient client = RawClient.tcp(app.port())) {
				assertThat(client.handshake("/whoami", "Sec-WebSocket-Protocol: access_token, secret"))
					.startsWith("HTTP/1.1 101 ")
					.doesNotContain("Sec-WebSocket-Protocol");
			}
		}

		private static WsTestClientBuilder offering(String... subprotocols) {
			return WsTestClient.builder().subprotocols(subprotocols);
		}

	}

	@Nested
	class Basic {

		@ParameterizedTest
		@ValueSource(strings = { "/whoami", "/loop" })
		void isVerifiedWhereItMayBlock(String path) {
			Passwords.THREADS.clear();
			try (RunningApp app = app(Passwords.class);
					WsTestClient client = basic("bob:b:ö b").connect(app.port(), path)) {
				assertThat(client.nextText()).isEqualTo("open bob bob");
				client.send("hello");
				assertThat(client.nextText()).startsWith("hello bob bob");
				assertThat(Passwords.THREADS).isNotEmpty().allMatch((thread) -> thread.startsWith("ws-handler-"));
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "bob:wrong", "bob:", "nobody:b", "locked:x", "bob", ":", "" })
		void isRefusedIfWrong(String pair) {
			try (RunningApp app = app(Passwords.class)) {
				HandshakeRefusedException refused = refused(401, () -> basic(pair).connect(app.port(), "/whoami"));
				assertThat(refused.header("WWW-Authenticate")).contains("Basic realm=\"WebSocket\", charset=\"UTF-8\"");
			}
		}

		@Test
		void isRefusedIfItCannotBeRead() {
			try (RunningApp app = app(Passwords.class)) {
				refused(401,
						() -> WsTestClient.builder()
							.header("Authorization", "Basic %%%")
							.connect(app.port(), "/whoami"));
				refused(401,
						() -> WsTestClient.builder()
							.header("Authorization", "Digest username=\"bob\"")
							.connect(app.port(), "/whoami"));
			}
		}

		@Test
		void standsBesideTokens() throws Exception {
			try (RunningApp app = app(List.of(Jwt.class, Passwords.class))) {
				bearer(Tokens.valid()).connect(app.port(), "/whoami").close();
				basic("bob:b:ö b").connect(app.port(), "/whoami").close();
				try (RawClient client = RawClient.tcp(app.port())) {
					assertThat(client.handshake("/whoami")).startsWith("HTTP/1.1 401 ")
						.contains("\r\nWWW-Authenticate: Bearer\r\n")
						.contains("\r\nWWW-Authenticate: Basic realm=");
				}
			}
		}

		@Test
		void canBeTurnedOff() {
			try (RunningApp app = app(List.of(Jwt.class, Passwords.class), "--ws.server.security.basic=false")) {
				refused(401, () -> basic("bob:b:ö b").connect(app.port(), "/whoami"));
			}
		}

	}

	@Nested
	class Managers {

		@Test
		void ofTheApplicationJudgeWhateverTheyUnderstand() {
			try (RunningApp app = app(Manager.class)) {
				for (WsTestClientBuilder builder : List.of(bearer("opaque"), basic("opaque:x"))) {
					try (WsTestClient client = builder.connect(app.port(), "/whoami")) {
						assertThat(client.nextText()).isEqualTo("open opaque opaque");
					}
				}
				refused(401, () -> bearer("other").connect(app.port(), "/whoami"));
			}
		}

		@Test
		void thatFailAreNotTheClientsFault() {
			try (RunningApp app = app(Manager.class)) {
				refused(500, () -> bearer("outage").connect(app.port(), "/whoami"));
			}
		}

	}

	@Nested
	class Authorization {

		@ParameterizedTest
		@ValueSource(strings = { "/open/{room}", "/open/**", "/**" })
		void mayBeForAnybody(String path) {
			try (RunningApp app = app(Jwt.class, "--ws.server.security.permit-all=" + path);
					WsTestClient client = WsTestClient.connect(app.port(), "/open/1")) {
				assertThat(client.nextText()).isEqualTo("open - anonymousUser");
				refused(401, () -> bearer(Tokens.forged()).connect(app.port(), "/open/1"));
			}
		}

		@Test
		void mayBeLaidDownInABean() {
			try (RunningApp app = app(List.of(Jwt.class, Rules.class))) {
				refused(403, () -> bearer(Tokens.valid()).connect(app.port(), "/whoami"));
				refused(401, () -> WsTestClient.connect(app.port(), "/whoami"));
				bearer(Tokens.with((claims) -> claims.claim("scope", "admin"))).connect(app.port(), "/whoami").close();
				bearer(Tokens.valid()).connect(app.port(), "/open/ann").close();
				refused(403, () -> bearer(Tokens.valid()).connect(app.port(), "/open/bob"));
				bearer(Tokens.valid()).connect(app.port(), "/loop").close();
			}
		}

		@Test
		void ofAPathThatIsNoEndpointsStopsTheStart() {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> app(Jwt.class, "--ws.server.security.permit-all=/opne/{room}"))
				.withMessageContaining("'/opne/{room}'")
				.withMessageContaining("/open/{room}");
		}

		@Test
		void ofAMethodClosesWith1008() {
			try (RunningApp app = app(Jwt.class);
					WsTestClient client = bearer(Tokens.with((claims) -> claims.claim("scope", "mail")))
						.connect(app.port(), "/guarded")) {
				client.send("x");
				assertThat(client.closeStatus()).isEqualTo(new CloseStatus(1008, "access denied"));
			}
		}

		@Test
		void ofAMethodMayBeDealtWith() {
			try (RunningApp app = app(Jwt.class);
					WsTestClient denied = bearer(Tokens.with((claims) -> claims.claim("scope", "mail")))
						.connect(app.port(), "/guarded-with-errors");
					WsTestClient allowed = bearer(Tokens.valid()).connect(app.port(), "/guarded-with-errors")) {
				denied.send("x");
				assertThat(denied.nextText()).isEqualTo("denied to ann");
				denied.send("y");
				assertThat(denied.nextText()).isEqualTo("denied to ann");
				allowed.send("z");
				assertThat(allowed.nextText()).isEqualTo("allowed z");
			}
		}

		@Test
		void ofAHandshakeMethodIs403() {
			try (RunningApp app = app(Jwt.class)) {
				bearer(Tokens.valid()).connect(app.port(), "/guarded-handshake").close();
				refused(403, () -> bearer(Tokens.with((claims) -> claims.claim("scope", "mail"))).connect(app.port(),
						"/guarded-handshake"));
			}
			try (RunningApp app = app(Jwt.class, "--ws.server.security.permit-all=/guarded-handshake")) {
				refused(401, () -> WsTestClient.connect(app.port(), "/guarded-handshake"));
			}
		}

	}

	@Nested
	class Off {

		@Test
		void byProperty() {
			try (RunningApp app = app(Jwt.class, "--ws.server.security.enabled=false");
					WsTestClient client = WsTestClient.connect(app.port(), "/whoami")) {
				assertThat(client.nextText()).isEqualTo("open - nobody");
			}
		}

		@ParameterizedTest
		@ValueSource(ints = { 999, 1005, 1006, 1015, 5000 })
		void isNoCloseCodeThatCannotBeSent(int code) {
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> app(Jwt.class, "--ws.server.security.expiry-close-code=" + code))
				.havingRootCause()
				.withMessageContaining("ws.server.security.expiry-close-code");
		}

	}

	/** All callbacks on one thread. */
	@Configuration(proxyBeanMethods = false)
	static class OneWorker {

		private final ExecutorService pool = Executors
			.newSingleThreadExecutor((task) -> new Thread(task, "the-worker"));

		@Bean(defaultCandidate = false)
		ExecutorService wsServerExecutor() {
			return this.pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Converter {

		@Bean
		JwtAuthenticationConverter converter() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> AuthorityUtils.createAuthorityList("SCOPE_chat"));
			return converter;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Manager {

		@Bean
		AuthenticationManager manager() {
			return (credentials) -> {
				String name = (credentials instanceof BearerTokenAuthenticationToken bearer) ? bearer.getToken()
						: credentials.getName();
				return switch (name) {
					case "opaque" -> new TestingAuthenticationToken(name, null, "ROLE_USER");
					case "outage" -> throw new AuthenticationServiceException("no answer");
					default -> throw new BadCredentialsException(name);
				};
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Rules {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder()
				.endpoints("/whoami")
				.hasAnyAuthority("SCOPE_admin")
				.endpoints("/open/{room}")
				.access((client, request) -> new AuthorizationDecision(isOwn(client.get().getName(), request)))
				.build();
		}

		private static boolean isOwn(String user, HandshakeRequest request) {
			return user.equals(request.pathVariables().get("room"));
		}

	}

}
