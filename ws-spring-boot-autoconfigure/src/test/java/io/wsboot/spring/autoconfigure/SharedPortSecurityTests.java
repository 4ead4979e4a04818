package io.wsboot.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.web.SharedApp;
import io.wsboot.spring.security.EndpointAuthorization;
import io.wsboot.spring.test.WsTestClient;
import io.wsboot.spring.test.WsTestClientBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** The application's own security, on Tomcat's port that the endpoints share. */
class SharedPortSecurityTests {

	private static final List<Class<?>> BEANS = List.of(Security.class, Who.class, Open.class, Admins.class,
			Notes.class);

	private static String basic(String pair) {
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	private static WsTestClientBuilder as(String pair) {
		return WsTestClient.builder().header("Authorization", basic(pair));
	}

	private static String field(String answer, String name) {
		int begin = answer.indexOf(name + ": ") + name.length() + 2;
		return answer.substring(begin, answer.indexOf('\r', begin));
	}

	private static String cookie(String answer) {
		return field(answer, "Set-Cookie").replaceFirst(";.*", "");
	}

	/** Logs ann in, and returns her cookie. */
	private static String login(int port, String page) {
		String answer = form(port, "/login", cookie(page), "username=ann&password=pw&_csrf=" + csrf(page));
		assertThat(answer).startsWith("HTTP/1.1 302 ");
		return cookie(answer);
	}

	private static void logout(int port, String cookie) {
		String page = SharedApp.http(port, "GET", "/logout", "Accept: text/html", "Cookie: " + cookie);
		assertThat(form(port, "/logout", cookie, "_csrf=" + csrf(page))).startsWith("HTTP/1.1 302 ");
	}

	/** The value in the form that Spring Security renders. */
	private static String csrf(String page) {
		String before = "name=\"_csrf\" type=\"hidden\" value=\"";
		int begin = page.indexOf(before) + before.length();
		return page.substring(begin, page.indexOf('"', begin));
	}

	private static String form(int port, String path, String cookie, String content) {
		return SharedApp.http(port, "POST", path, "Cookie: " + cookie, "Accept: text/html",
				"Content-Type: application/x-www-form-urlencoded", "Content-Length: " + content.length(),
				"Connection: close\r\n\r\n" + content);
	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class FilterChain {

		private SecuredApplication app;

		@BeforeAll
		void start() {
			this.app = SecuredApplication.startShared(BEANS);
		}

		@AfterAll
		void stop() {
			this.app.close();
		}

		private int port() {
			return this.app.port();
		}

		private String http(String method, String path, String... fields) {
			return SharedApp.http(port(), method, path, fields);
		}

		@Test
		void passwordsAreVerifiedByTheChain() {
			try (WsTestClient client = as("ann:pw").connect(port(), "/who")) {
				assertThat(client.nextText()).isEqualTo("ann UsernamePasswordAuthenticationToken ROLE_USER same");
				assertThat(client.send("and now?").nextText())
					.isEqualTo("ann UsernamePasswordAuthenticationToken ROLE_USER same");
			}
			String refused = http("GET", "/who", SharedApp.HANDSHAKE, "Authorization: " + basic("ann:wrong"));
			assertThat(refused).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Basic");
			assertThat(http("GET", "/who", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 401 ");
		}

		@Test
		void theChainDeniesBeforeUs() {
			assertThat(http("GET", "/admins", SharedApp.HANDSHAKE, "Authorization: " + basic("ann:pw")))
				.startsWith("HTTP/1.1 403 ");
			try (WsTestClient client = as("root:pw").connect(port(), "/admins")) {
				assertThat(client.send("hello").nextText()).isEqualTo("hello");
			}
		}

		/** No list of our own says so. */
		@Test
		void whoeverTheChainLetsInIsAnonymous() {
			try (WsTestClient client = WsTestClient.connect(port(), "/open")) {
				assertThat(client.nextText()).isEqualTo("anonymousUser by AnonymousAuthenticationToken, no principal");
			}
		}

		@Test
		void methodsOfServicesAreSecured() {
			try (WsTestClient client = as("ann:pw").connect(port(), "/who")) {
				client.nextText();
				assertThat(client.send("read").nextText()).isEqualTo("a note for ann");
				client.send("write");
				assertThat(client.closeStatus()).hasToString("1008 access denied");
			}
			try (WsTestClient client = as("root:pw").connect(port(), "/who")) {
				client.nextText();
				assertThat(client.send("write").nextText()).isEqualTo("written by root");
			}
		}

		/** The login changes the id of the session. */
		@Test
		void aLoginOfPeopleLastsAsLongAsItsSession() {
			String page = http("GET", "/login");
			String cookie = cookie(page);
			try (WsTestClient early = WsTestClient.builder().header("Cookie", cookie).connect(port(), "/open")) {
				assertThat(early.nextText()).startsWith("anonymousUser ");
				String loggedIn = login(port(), page);
				assertThat(loggedIn).isNotEqualTo(cookie);
				try (WsTestClient client = WsTestClient.builder().header("Cookie", loggedIn).connect(port(), "/who")) {
					assertThat(client.nextText()).startsWith("ann UsernamePasswordAuthenticationToken ROLE_USER");
					logout(port(), loggedIn);
					assertThat(client.closeStatus()).hasToString("1008 HTTP session ended");
					assertThat(early.closeStatus()).hasToString("1008 HTTP session ended");
				}
				assertThat(http("GET", "/who", SharedApp.HANDSHAKE, "Cookie: " + loggedIn)).startsWith("HTTP/1.1 401 ");
			}
		}

		@Test
		void aHandshakeMakesNoSession() {
			assertThat(http("GET", "/who", SharedApp.HANDSHAKE, "Authorization: " + basic("ann:pw")))
				.startsWith("HTTP/1.1 101 ")
				.doesNotContain("Set-Cookie");
		}

	}

	/** A login that makes another session ends the one before; this logout ends none. */
	@Test
	void whatEndsNoHttpSessionClosesNothing() {
		try (SecuredApplication app = SecuredApplication
			.startShared(List.of(OtherSessions.class, Who.class, Open.class, Notes.class))) {
			String page = SharedApp.http(app.port(), "GET", "/login");
			try (WsTestClient early = WsTestClient.builder()
				.header("Cookie", cookie(page))
				.connect(app.port(), "/open")) {
				assertThat(early.nextText()).startsWith("anonymousUser ");
				String loggedIn = login(app.port(), page);
				assertThat(early.closeStatus()).hasToString("1008 HTTP session ended");
				try (WsTestClient client = WsTestClient.builder()
					.header("Cookie", loggedIn)
					.connect(app.port(), "/who")) {
					assertThat(client.nextText()).startsWith("ann ");
					logout(app.port(), loggedIn);
					assertThat(client.send("and now?").nextText()).startsWith("ann ");
				}
			}
		}
	}

	@Test
	void sessionsEndWithTheTokenThatOpenedThem() {
		try (SecuredApplication app = SecuredApplication.startShared(List.of(Jwt.class, Who.class, Notes.class))) {
			String valid = Tokens.valid();
			try (WsTestClient client = WsTestClient.builder()
				.header("Authorization", "Bearer " + valid)
				.connect(app.port(), "/who")) {
				assertThat(client.nextText()).startsWith("ann JwtAuthenticationToken").contains("SCOPE_chat");
			}
			try (WsTestClient client = WsTestClient.builder()
				.header("Authorization", "Bearer " + Tokens.expiringIn(Duration.ofSeconds(2)))
				.connect(app.port(), "/who")) {
				assertThat(client.nextText()).startsWith("ann JwtAuthenticationToken");
				assertThat(client.closeStatus()).hasToString("1008 authentication expired");
			}
			assertThat(SharedApp.http(app.port(), "GET", "/who", SharedApp.HANDSHAKE,
					"Authorization: Bearer " + Tokens.forged()))
				.startsWith("HTTP/1.1 401 ");
		}
	}

	@Test
	void theApplicationsOwnRulesForEndpointsApply() {
		try (SecuredApplication app = SecuredApplication
			.startShared(List.of(Security.class, Who.class, Open.class, Notes.class, Rules.class))) {
			assertThat(
					SharedApp.http(app.port(), "GET", "/who", SharedApp.HANDSHAKE, "Authorization: " + basic("ann:pw")))
				.startsWith("HTTP/1.1 403 ")
				.contains("Content-Length: 14\r\n");
			try (WsTestClient client = as("root:pw").connect(app.port(), "/who")) {
				assertThat(client.nextText()).startsWith("root ");
			}
			assertThat(SharedApp.http(app.port(), "GET", "/open", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 401 ");
		}
	}

	/** The chain knows users that no bean knows. */
	@Test
	void noWayToAuthenticateIsNeededUnlessThereIsAPortOfOurOwn() {
		List<Class<?>> beans = List.of(OwnUsers.class, Who.class, Notes.class);
		try (SecuredApplication app = SecuredApplication.startShared(beans);
				WsTestClient client = as("ann:pw").connect(app.port(), "/who")) {
			assertThat(client.nextText()).startsWith("ann ");
		}
	}

	@Test
	void bothPortsHaveTheirOwnDoors() {
		try (SecuredApplication app = SecuredApplication.startShared(BEANS, "ws.server.port=0",
				"ws.server.web.enabled=true")) {
			int web = app.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(SharedApp.http(web, "GET", "/open", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 101 ");
			assertThat(SharedApp.http(app.port(), "GET", "/open", SharedApp.HANDSHAKE)).startsWith("HTTP/1.1 401 ");
			for (int port : List.of(web, app.port())) {
				try (WsTestClient client = as("ann:pw").connect(port, "/who")) {
					assertThat(client.nextText()).startsWith("ann UsernamePasswordAuthenticationToken ROLE_USER");
				}
			}
		}
	}

	/**
	 * A filter, or a realm of the container's, knows the client; Spring Security does
	 * not.
	 */
	@Test
	void aPrincipalOfSomebodyElsesIsAuthenticated() {
		try (SecuredApplication app = SecuredApplication
			.startShared(List.of(Security.class, Who.class, Open.class, Admins.class, Notes.class, Carl.class));
				WsTestClient client = WsTestClient.connect(app.port(), "/open")) {
			assertThat(client.nextText()).isEqualTo("carl by UsernamePasswordAuthenticationToken, carl");
		}
	}

	@Test
	void withoutOurSecurityThePrincipalRemains() {
		try (SecuredApplication app = SecuredApplication.startShared(BEANS, "ws.server.security.enabled=false");
				WsTestClient client = as("ann:pw").connect(app.port(), "/open")) {
			assertThat(client.nextText()).isEqualTo("nobody, ann");
		}
	}

	@WsEndpoint("/who")
	static class Who {

		private final Notes notes;

		Who(Notes notes) {
			this.notes = notes;
		}

		@OnOpen
		String open(Principal principal) {
			Authentication client = SecurityContextHolder.getContext().getAuthentication();
			String roles = String.join(",",
					client.getAuthorities()
						.stream()
						.map(String::valueOf)
						.filter((name) -> !name.contains("FACTOR"))
						.sorted()
						.toList());
			return principal.getName() + " " + client.getClass().getSimpleName() + " " + roles
					+ ((client == principal) ? " same" : " other");
		}

		@OnMessage
		String message(String text, Principal principal) {
			return switch (text) {
				case "read" -> this.notes.read(principal.getName());
				case "write" -> this.notes.write(principal.getName());
				default -> open(principal);
			};
		}

	}

	@WsEndpoint("/open")
	static class Open {

		@OnOpen
		String open(WsSession session) {
			Authentication client = SecurityContextHolder.getContext().getAuthentication();
			String who = (client != null) ? client.getName() + " by " + client.getClass().getSimpleName() : "nobody";
			return who + ", " + session.principal().map(Principal::getName).orElse("no principal");
		}

		@OnMessage
		void message(String text) {
		}

	}

	@WsEndpoint("/admins")
	static class Admins {

		@OnMessage
		String message(String text) {
			return text;
		}

	}

	static class Notes {

		@PreAuthorize("isAuthenticated()")
		public String read(String name) {
			return "a note for " + name;
		}

		@PreAuthorize("hasRole('ADMIN')")
		public String write(String name) {
			return "written by " + name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Security {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers("/open")
					.permitAll()
					.requestMatchers("/admins")
					.hasRole("ADMIN")
					.anyRequest()
					.authenticated())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("ann").password("{noop}pw").roles("USER").build(),
					User.withUsername("root").password("{noop}pw").roles("USER", "ADMIN").build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherSessions {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/open").permitAll().anyRequest().authenticated())
				.userDetailsService(new Security().users())
				.sessionManagement((sessions) -> sessions.sessionFixation((fixation) -> fixation.migrateSession()))
				.logout((logout) -> logout.invalidateHttpSession(false))
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Carl {

		@Bean
		FilterRegistrationBean<?> carl() {
			FilterRegistrationBean<?> filter = new FilterRegistrationBean<>((request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {
					@Override
					public Principal getUserPrincipal() {
						return () -> "carl";
					}
				}, response));
			filter.setOrder(Ordered.LOWEST_PRECEDENCE);
			return filter;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnUsers {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.userDetailsService(new Security().users())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Jwt {

		@Bean
		JwtDecoder decoder() {
			return Tokens.decoder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Rules {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/who").hasAnyRole("ADMIN").build();
		}

	}

}
