package io.wsboot.docs;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

import io.wsboot.spring.test.HandshakeRefusedException;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests the examples of {@code docs/security.md}. */
class SecurityDocsTest {

	private static final KeyPair KEYS = keys();

	private static ConfigurableApplicationContext start(Class<?>... beans) {
		return start(true, beans);
	}

	private static ConfigurableApplicationContext start(boolean security, Class<?>... beans) {
		return new SpringApplicationBuilder(beans).sources(App.class)
			.web(WebApplicationType.NONE)
			.properties("ws.server.port=0", "spring.main.banner-mode=off")
			.run("--ws.server.security.enabled=" + security, "--ws.server.web.enabled=false");
	}

	private static int port(ConfigurableApplicationContext app) {
		return app.getEnvironment().getRequiredProperty("local.ws.port", Integer.class);
	}

	private static WsTestClient connect(ConfigurableApplicationContext app, String path, String user, String scope) {
		JwtClaimsSet claims = JwtClaimsSet.builder().subject(user).claim("scope", scope).build();
		String token = NimbusJwtEncoder.withKeyPair((RSAPublicKey) KEYS.getPublic(), (RSAPrivateKey) KEYS.getPrivate())
			.build()
			.encode(JwtEncoderParameters.from(claims))
			.getTokenValue();
		return WsTestClient.builder().header("Authorization", "Bearer " + token).connect(port(app), path);
	}

	private static void refused(int status, Runnable connecting) {
		assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(connecting::run)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(status));
	}

	@Test
	void rulesMethodsAndSignOut() {
		try (ConfigurableApplicationContext app = start(Jwt.class, ChatSecurity.class, SecuredChatEndpoint.class,
				OpenEndpoints.Status.class, OpenEndpoints.AdminLog.class, SignOut.class);
				WsTestClient ann = connect(app, "/chat/java", "ann", "chat");
				WsTestClient bob = connect(app, "/chat/java", "bob", "read")) {
			ann.send("hello");
			for (WsTestClient client : List.of(ann, bob)) {
				assertThat(client.nextText()).isEqualTo("ann: hello");
			}
			bob.send("hello");
			assertThat(bob.nextText()).isEqualTo("you may only listen");
			refused(401, () -> WsTestClient.connect(port(app), "/chat/java"));
			refused(403, () -> connect(app, "/admin/log", "ann", "chat"));
			WsTestClient.connect(port(app), "/status").close();
			app.getBean(SignOut.class).signOut("ann");
			assertThat(ann.closeStatus().toString()).isEqualTo("1008 signed out");
		}
	}

	@Test
	void keysOfTheApplicationsOwn() {
		try (ConfigurableApplicationContext app = start(ApiKeys.class, OpenEndpoints.Status.class)) {
			WsTestClient.builder().header("X-Api-Key", "k-123").connect(port(app), "/status").close();
			refused(401, () -> WsTestClient.builder().header("X-Api-Key", "k-1").connect(port(app), "/status"));
			refused(401, () -> WsTestClient.connect(port(app), "/status"));
		}
	}

	@Test
	void byHand() {
		try (ConfigurableApplicationContext app = start(false, Tickets.class, OpenEndpoints.Status.class)) {
			WsTestClient.connect(port(app), "/status?ticket=t-42").close();
			refused(401, () -> WsTestClient.connect(port(app), "/status?ticket=t-43"));
		}
	}

	private static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	static class Jwt {

		@Bean
		JwtDecoder jwtDecoder() {
			return NimbusJwtDecoder.withPublicKey((RSAPublicKey) KEYS.getPublic()).build();
		}

	}

}
