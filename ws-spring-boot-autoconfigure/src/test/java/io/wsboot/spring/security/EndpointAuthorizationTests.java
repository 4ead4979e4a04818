package io.wsboot.spring.security;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.security.authorization.AuthorizationDecision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests which endpoints are closed where clients have no way to authenticate. */
class EndpointAuthorizationTests {

	@Test
	void anEndpointIsClosedUnlessARuleOpensItToAnybody() {
		EndpointAuthorization authorization = EndpointAuthorization.builder()
			.endpoints("/open")
			.permitAll()
			.endpoints("/by-address")
			.access((client, request) -> new AuthorizationDecision(request.remoteAddress().getPort() > 0))
			.endpoints("/admin/**")
			.hasAnyRole("ADMIN")
			.endpoints("/scoped")
			.hasAnyAuthority("SCOPE_chat")
			.endpoints("/users")
			.authenticated()
			.build();
		assertThat(authorization.askingWho(
				List.of("/open", "/by-address", "/admin", "/admin/log", "/scoped", "/users", "/other", "/open/too")))
			.containsExactly("/admin", "/admin/log", "/scoped", "/users", "/other", "/open/too");
	}

	@Test
	void theFirstRuleCounts() {
		EndpointAuthorization authorization = EndpointAuthorization.builder()
			.endpoints("/chat/secret")
			.authenticated()
			.endpoints("/**")
			.permitAll()
			.build();
		assertThat(authorization.askingWho(List.of("/chat/secret", "/chat/{room}"))).containsExactly("/chat/secret");
	}

	@Test
	void aRuleForAllNeedsNoEndpoint() {
		EndpointAuthorization.builder().endpoints("/**").permitAll().build().check(List.of());
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> EndpointAuthorization.builder().endpoints("/a/**").permitAll().build().check(List.of()));
	}

}
