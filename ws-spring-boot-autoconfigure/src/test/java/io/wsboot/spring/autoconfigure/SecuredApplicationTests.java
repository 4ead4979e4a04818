package io.wsboot.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.spring.autoconfigure.SecuredApplication.Secret;
import io.wsboot.spring.autoconfigure.SecuredApplication.Status;
import io.wsboot.spring.autoconfigure.diagnostics.NoAuthenticationFailureAnalyzer;
import io.wsboot.spring.security.NoAuthenticationException;
import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.test.WsTestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.springframework.boot.WebApplicationType.NONE;
import static org.springframework.boot.WebApplicationType.REACTIVE;
import static org.springframework.boot.WebApplicationType.SERVLET;

/**
 * What an application has that authenticates, and what its WebSocket port does about it:
 * the table in {@code docs/security.md}. An application that answers HTTP with 401 or a
 * redirect never serves its WebSocket port to everybody.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecuredApplicationTests {

	private static final String USER = "spring.security.user.name=ann";

	private static final String PASSWORD = "spring.security.user.password=pw";

	private static WsTestClientBuilder with(String credentials) {
		return WsTestClient.builder().header("Authorization", credentials);
	}

	private static String basic(String pair) {
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	private static void refused(int status, Runnable connecting) {
		assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(connecting::run)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(status));
	}

	private static List<Class<?>> beans(Class<?>... beans) {
		List<Class<?>> all = new ArrayList<>(List.of(beans));
		all.add(Secret.class);
		return all;
	}

	private static void servesThoseWhoShow(List<String> credentials, SecuredApplication app) {
		refused(401, () -> WsTestClient.connect(app.port(), "/secret"));
		for (String right : credentials) {
			try (WsTestClient client = with(right).connect(app.port(), "/secret")) {
				assertThat(client.nextText()).isEqualTo("secret for ann");
			}
		}
		for (String wrong : List.of(basic("ann:wrong"), basic("bob:pw"), basic(":"), "Bearer bad",
				"Bearer " + Tokens.forged())) {
			refused(401, () -> with(wrong).connect(app.port(), "/secret"));
		}
	}

	static Stream<Arguments> waysThatAreUsed() {
		String jwt = "Bearer " + Tokens.valid();
		String token = "Bearer good";
		String password = basic("ann:pw");
		// @formatter:off
		return Stream.of(
			arguments("JwtDecoder", SERVLET, beans(Authenticating.Jwt.class), List.of(), List.of(jwt)),
			arguments("JwtDecoder", NONE, beans(Authenticating.Jwt.class), List.of(), List.of(jwt)),
			arguments("OpaqueTokenIntrospector", SERVLET, beans(Authenticating.OpaqueTokens.class, Authenticating.OpaqueTokenChain.class), List.of(), List.of(token)),
			arguments("OpaqueTokenIntrospector", NONE, beans(Authenticating.OpaqueTokens.class), List.of(), List.of(token)),
			arguments("JwtDecoder before OpaqueTokenIntrospector", SERVLET, beans(Authenticating.Jwt.class, Authenticating.OpaqueTokens.class, Authenticating.OpaqueTokenChain.class), List.of(), List.of(jwt)),
			arguments("JwtIssuerAuthenticationManagerResolver", SERVLET, beans(Authenticating.Tenants.class), List.of(), List.of(jwt)),
			arguments("AuthenticationManager", SERVLET, beans(Authenticating.Manager.class), List.of(), List.of(token, password)),
			arguments("primary AuthenticationManager of several", NONE, beans(Authenticating.Manager.class, Authenticating.PrimaryManager.class), List.of(), List.of(token, password)),
			arguments("AuthenticationProvider for passwords", SERVLET, beans(Authenticating.PasswordProvider.class), List.of(), List.of(password)),
			arguments("AuthenticationProvider for tokens", SERVLET, beans(Authenticating.TokenProvider.class), List.of(), List.of(token)),
			arguments("AuthenticationProviders for different things", NONE, beans(Authenticating.TokenProvider.class, Authenticating.PasswordProvider.class, Authenticating.RememberMe.class), List.of(), List.of(token, password)),
			arguments("AuthenticationProvider before UserDetailsService", SERVLET, beans(Authenticating.PasswordProvider.class, Authenticating.Users.class, Authenticating.OtherUsers.class), List.of(), List.of(password)),
			arguments("UserDetailsService", SERVLET, beans(Authenticating.Users.class), List.of(), List.of(password)),
			arguments("UserDetailsService", NONE, beans(Authenticating.Users.class), List.of(), List.of(password)),
			arguments("form login and UserDetailsService", SERVLET, beans(Authenticating.FormLogin.class, Authenticating.Users.class), List.of(), List.of(password)),
			arguments("httpBasic disabled, and UserDetailsService", SERVLET, beans(Authenticating.ChainWithoutBasic.class, Authenticating.Users.class), List.of(), List.of(password)),
			arguments("user of Spring Boot's", SERVLET, beans(), List.of(USER, PASSWORD), List.of(password)),
			arguments("user of Spring Boot's, and a chain that does not know it", SERVLET, beans(Authenticating.ChainWithItsOwnManager.class), List.of(USER, PASSWORD), List.of(password)),
			arguments("JwtDecoder and UserDetailsService", SERVLET, beans(Authenticating.Jwt.class, Authenticating.Users.class), List.of(), List.of(jwt, password)),
			arguments("JwtDecoder and two UserDetailsServices", SERVLET, beans(Authenticating.Jwt.class, Authenticating.Users.class, Authenticating.OtherUsers.class), List.of(), List.of(jwt)),
			arguments("ReactiveJwtDecoder", REACTIVE, beans(Authenticating.ReactiveJwt.class), List.of(), List.of(jwt)),
			arguments("ReactiveOpaqueTokenIntrospector", REACTIVE, beans(Authenticating.ReactiveOpaqueTokens.class), List.of(), List.of(token)),
			arguments("JwtIssuerReactiveAuthenticationManagerResolver", REACTIVE, beans(Authenticating.ReactiveTenants.class), List.of(), List.of(jwt)),
			arguments("ReactiveAuthenticationManager", REACTIVE, beans(Authenticating.ReactiveManager.class), List.of(), List.of(token, password)),
			arguments("ReactiveUserDetailsService", REACTIVE, beans(Authenticating.ReactiveUsers.class), List.of(), List.of(password)),
			arguments("user of Spring Boot's", REACTIVE, beans(), List.of(USER, PASSWORD), List.of(password)));
		// @formatter:on
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource
	void waysThatAreUsed(String what, WebApplicationType web, List<Class<?>> beans, List<String> properties,
			List<String> credentials) {
		try (SecuredApplication app = SecuredApplication.start(web, beans, properties)) {
			if (web != NONE) {
				assertThat(app.httpStatus()).isIn(401, 403, 302);
			}
			servesThoseWhoShow(credentials, app);
		}
	}

	static Stream<Arguments> applicationsThatDoNotStart() {
		String registration = "spring.security.oauth2.client.registration.idp.";
		String provider = "spring.security.oauth2.client.provider.idp.";
		List<String> oauth2Login = List.of(registration + "client-id=x", registration + "client-secret=y",
				registration + "authorization-grant-type=authorization_code",
				registration + "redirect-uri={baseUrl}/login/oauth2/code/idp",
				provider + "authorization-uri=https://idp.example/a", provider + "token-uri=https://idp.example/t",
				provider + "jwk-set-uri=https://idp.example/j", provider + "user-info-uri=https://idp.example/u",
				provider + "user-name-attribute=sub");
		// @formatter:off
		return Stream.of(
			arguments("nothing", SERVLET, beans(), List.of(), List.of("/secret")),
			arguments("nothing", NONE, beans(), List.of(), List.of("/secret")),
			arguments("nothing of Spring Boot's either", SERVLET, beans(), List.of("spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"), List.of("/secret")),
			arguments("HTTP for everybody", SERVLET, beans(Authenticating.OpenHttp.class), List.of(), List.of("/secret", "ws.server.security.permit-all")),
			arguments("OAuth2 login", SERVLET, beans(), oauth2Login, List.of("OAuth2 login", "HttpSession")),
			arguments("OAuth2 login", REACTIVE, beans(), oauth2Login, List.of("OAuth2 login", "WebSession")),
			arguments("AuthenticationManagerResolver of requests", SERVLET, beans(Authenticating.TenantsByRequest.class), List.of(), List.of("AuthenticationManagerResolver 'tenants'", "HttpServletRequest")),
			arguments("two AuthenticationProviders for passwords", SERVLET, beans(Authenticating.PasswordProvider.class, Authenticating.OtherPasswordProvider.class), List.of(), List.of("'passwords'", "'legacy'", "AuthenticationManager")),
			arguments("AuthenticationProvider for something else", SERVLET, beans(Authenticating.RememberMe.class), List.of(), List.of("AuthenticationProvider 'rememberMe'")),
			arguments("two AuthenticationManagers", NONE, beans(Authenticating.TwoManagers.class), List.of(), List.of("'one'", "'other'", "@Primary")),
			arguments("two UserDetailsServices", SERVLET, beans(Authenticating.Users.class, Authenticating.OtherUsers.class), List.of(), List.of("'users'", "'otherUsers'", "@Primary")),
			arguments("two JwtDecoders", NONE, beans(Authenticating.TwoDecoders.class), List.of(), List.of("'one'", "'other'", "@Primary")),
			arguments("chain with a manager of its own", SERVLET, beans(Authenticating.ChainWithItsOwnManager.class), List.of(), List.of("SecurityFilterChain 'chain'", "HTTP Basic")),
			arguments("chains with providers of their own", SERVLET, beans(Authenticating.ChainsWithTheirOwnProviders.class), List.of(), List.of("SecurityFilterChain 'api'", "HTTP Basic", "SecurityFilterChain 'pages'", "form login", "remember-me", "HttpSession")),
			arguments("chain with a manager of its own", REACTIVE, beans(Authenticating.ReactiveChainWithItsOwnManager.class), List.of("spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration"), List.of("SecurityWebFilterChain 'chain'")),
			arguments("X.509 in a chain", SERVLET, beans(Authenticating.CertificateChain.class), List.of(), List.of("X.509", "ws.server.security.client-certificate")),
			arguments("one-time tokens", SERVLET, beans(Authenticating.OneTimeTokens.class), List.of(), List.of("one-time", "HttpSession")),
			arguments("UserDetailsService, but no HTTP Basic", SERVLET, beans(Authenticating.Users.class), List.of("ws.server.security.basic=false"), List.of("ws.server.security.basic")),
			arguments("JwtDecoder, but no bearer tokens", SERVLET, beans(Authenticating.Jwt.class), List.of("ws.server.security.bearer=false"), List.of("ws.server.security.bearer")),
			arguments("an endpoint for everybody, another not", NONE, List.of(Secret.class, Status.class), List.of("ws.server.security.permit-all=/status"), List.of("/secret")),
			arguments("rules for users only", NONE, beans(Authenticating.RulesForUsers.class), List.of(), List.of("/secret")));
		// @formatter:on
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource
	void applicationsThatDoNotStart(String what, WebApplicationType web, List<Class<?>> beans, List<String> properties,
			List<String> said) {
		NoAuthenticationException failure = catchThrowableOfType(NoAuthenticationException.class,
				() -> SecuredApplication.start(web, beans, properties).close());
		assertThat(failure).isNotNull();
		FailureAnalysis analysis = new NoAuthenticationFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription() + analysis.getAction()).contains(said)
			.contains("ws.server.security.enabled=false");
		assertThat(analysis.getDescription()).doesNotContain("/status");
	}

	@Test
	void aDecoderWithoutWhatReadsTokensIsNoWay() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WsServerAutoConfiguration.class))
			.withUserConfiguration(Authenticating.Jwt.class, Secret.class)
			.withClassLoader(new FilteredClassLoader(BearerTokenAuthenticationToken.class))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(NoAuthenticationException.class,
						(ex) -> assertThat(ex.findings())
							.containsExactly("JwtDecoder 'decoder', which cannot be used without "
									+ "spring-security-oauth2-resource-server on the class path")));
	}

	@Test
	void theFailureIsReported(CapturedOutput output) {
		assertThatExceptionOfType(NoAuthenticationException.class)
			.isThrownBy(() -> SecuredApplication.start(SERVLET, beans(), List.of()));
		assertThat(output).contains("APPLICATION FAILED TO START").contains("JwtDecoder");
	}

	/** Spring Boot gives it a manager that refuses everybody. */
	@Test
	void aReactiveApplicationWithNothingIsForNobody() {
		try (SecuredApplication app = SecuredApplication
			.start(REACTIVE, beans(), List.of("spring.autoconfigure.exclude="
					+ "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration"))) {
			servesThoseWhoShow(List.of(), app);
		}
	}

	@Test
	void whatIsInTheParentContextIsUsed() {
		try (SecuredApplication app = SecuredApplication.startBelow(Authenticating.Jwt.class,
				beans(Authenticating.PasswordProvider.class), List.of())) {
			servesThoseWhoShow(List.of("Bearer " + Tokens.valid(), basic("ann:pw")), app);
		}
	}

	@Test
	void aWayOfTheApplicationsOwnIsEnough() {
		try (SecuredApplication app = SecuredApplication.start(SERVLET, beans(Authenticating.ByHand.class),
				List.of())) {
			servesThoseWhoShow(List.of(), app);
			WsTestClient.builder().header("X-Api-Key", "k-123").connect(app.port(), "/secret").close();
			refused(401, () -> WsTestClient.builder().header("X-Api-Key", "k-1").connect(app.port(), "/secret"));
		}
	}

	@Test
	void certificatesAreAWay() {
		try (SecuredApplication app = SecuredApplication.start(SERVLET, beans(Authenticating.CertificateChain.class),
				List.of("ws.server.security.client-certificate=true"))) {
			servesThoseWhoShow(List.of(), app);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws.server.enabled=false", "spring.main.lazy-initialization=false" })
	void withoutAServerOrAnEndpointThereIsNothingToLock(String property) {
		List<Class<?>> beans = property.contains("enabled") ? beans() : List.of();
		SecuredApplication.start(SERVLET, beans, List.of(property)).close();
	}

	@Test
	void lazyInitializationChangesNothing() {
		assertThatExceptionOfType(NoAuthenticationException.class).isThrownBy(
				() -> SecuredApplication.start(SERVLET, beans(), List.of("spring.main.lazy-initialization=true")));
	}

	@Test
	void aManagerThatGivesBackWhatItWasGivenHasVerifiedNothing() {
		for (String property : List.of("x=y", "ws.server.security.permit-all=/**")) {
			try (SecuredApplication app = SecuredApplication.start(NONE,
					beans(Authenticating.ManagerThatVerifiesNothing.class), List.of(property))) {
				refused(401, () -> with(basic("admin:x")).connect(app.port(), "/secret"));
				refused(401, () -> with("Bearer x").connect(app.port(), "/secret"));
			}
		}
	}

	@Test
	void aReactiveManagerThatKnowsNobodyLetsNobodyIn() {
		try (SecuredApplication app = SecuredApplication.start(REACTIVE,
				beans(Authenticating.EmptyReactiveManager.class), List.of())) {
			servesThoseWhoShow(List.of(), app);
		}
	}

	@Test
	void aReactiveManagerThatFailsIsNotTheClientsFault() {
		try (SecuredApplication app = SecuredApplication.start(REACTIVE, beans(Authenticating.BrokenReactiveJwt.class),
				List.of())) {
			refused(500, () -> with("Bearer x").connect(app.port(), "/secret"));
		}
	}

	@Test
	void severalAuthorizationFieldsAreRefused() throws Exception {
		try (SecuredApplication app = SecuredApplication.start(NONE,
				beans(Authenticating.Jwt.class, Authenticating.Users.class), List.of())) {
			String token = "Authorization: Bearer " + Tokens.valid();
			String password = "Authorization: " + basic("ann:pw");
			for (List<String> fields : List.of(List.of(token, token), List.of(token, password),
					List.of(password, token), List.of(password, "Authorization: Digest x"))) {
				try (RawClient client = RawClient.tcp(app.port())) {
					assertThat(client.handshake("/secret", fields.toArray(new String[0]))).startsWith("HTTP/1.1 400 ");
				}
			}
		}
	}

	static Stream<Arguments> applicationsThatSayThatTheyAreForEverybody() {
		return Stream.of(arguments(SERVLET, beans(), "ws.server.security.enabled=false"),
				arguments(SERVLET, beans(), "ws.server.security.permit-all=/**"),
				arguments(REACTIVE, beans(), "ws.server.security.permit-all=/secret"),
				arguments(NONE, beans(Authenticating.RulesForAnybody.class), "x=y"));
	}

	@ParameterizedTest
	@MethodSource
	void applicationsThatSayThatTheyAreForEverybody(WebApplicationType web, List<Class<?>> beans, String property) {
		try (SecuredApplication app = SecuredApplication.start(web, beans, List.of(property));
				WsTestClient client = WsTestClient.connect(app.port(), "/secret")) {
			assertThat(client.send("hello").nextText()).isNotNull();
		}
		catch (HandshakeRefusedException ex) {
			throw new AssertionError(ex);
		}
	}

}
