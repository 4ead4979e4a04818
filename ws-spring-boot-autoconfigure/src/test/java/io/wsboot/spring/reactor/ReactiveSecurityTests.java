package io.wsboot.spring.reactor;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** Spring Security's reactive filter chain, before endpoints on a shared port. */
class ReactiveSecurityTests {

	private static ConfigurableApplicationContext app;

	private static int port;

	@BeforeAll
	static void start() {
		app = new SpringApplicationBuilder(App.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run();
		port = app.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void theFilterChainRefuses() {
		assertThat(WsTestClient.refusal(port, "/members").status()).isEqualTo(401);
		assertThat(WsTestClient.builder().header("Authorization", basic("nobody")).refusal(port, "/members").status())
			.isEqualTo(401);
		assertThat(WsTestClient.builder().header("Authorization", basic("bob")).refusal(port, "/members").status())
			.isEqualTo(403);
	}

	@Test
	void theAuthenticationBecomesThePrincipal() {
		try (WsTestClient client = WsTestClient.builder()
			.header("Authorization", basic("ann"))
			.connect(port, "/members")) {
			assertThat(client.nextText()).isEqualTo("ann, authenticated");
		}
	}

	@Test
	void whatIsPermittedToAllIsAnonymous() {
		try (WsTestClient client = WsTestClient.connect(port, "/open")) {
			assertThat(client.nextText()).isEqualTo("nobody");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { JettyReactiveWebServerAutoConfiguration.class, TomcatReactiveWebServerAutoConfiguration.class })
	@EnableWebFluxSecurity
	@Import({ Members.class, Open.class })
	static class App {

		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http
				.authorizeExchange(
						(exchanges) -> exchanges.pathMatchers("/open").permitAll().anyExchange().hasRole("MEMBER"))
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ann").password("{noop}secret").roles("MEMBER").build(),
					User.withUsername("bob").password("{noop}secret").roles("GUEST").build());
		}

	}

	@WsEndpoint("/members")
	static class Members {

		@OnOpen
		String open(WsSession session) {
			Authentication who = (Authentication) session.principal().orElseThrow();
			return who.getName() + (who.isAuthenticated() ? ", authenticated" : "");
		}

	}

	@WsEndpoint("/open")
	static class Open {

		@OnOpen
		String open(WsSession session) {
			return session.principal().isPresent() ? "somebody" : "nobody";
		}

	}

}
