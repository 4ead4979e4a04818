package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.spring.security.EndpointAuthorization;
import io.wsboot.spring.security.HandshakeAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.RememberMeAuthenticationProvider;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.InMemoryOneTimeTokenService;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * What applications may have that authenticates: Ann, by her password {@code pw}, or by
 * the token {@code good} or a JWT.
 */
final class Authenticating {

	private Authenticating() {
	}

	private static Authentication ann() {
		return UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of());
	}

	private static Authentication verified(Authentication credentials) {
		String shown = (credentials instanceof BearerTokenAuthenticationToken token) ? token.getToken()
				: credentials.getName() + ":" + credentials.getCredentials();
		if (shown.equals("good") || shown.equals("ann:pw")) {
			return ann();
		}
		throw new BadCredentialsException("no");
	}

	private static AuthenticationProvider provider(Class<?> kind) {
		return new AuthenticationProvider() {

			@Override
			public Authentication authenticate(Authentication credentials) {
				return verified(credentials);
			}

			@Override
			public boolean supports(Class<?> type) {
				return kind.isAssignableFrom(type);
			}

		};
	}

	private static UserDetails user(String name, PasswordEncoder encoder) {
		return User.withUsername(name).password(encoder.encode("pw")).build();
	}

	private static SecurityFilterChain locked(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Jwt {

		@Bean
		JwtDecoder decoder() {
			return Tokens.decoder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDecoders {

		@Bean
		JwtDecoder one() {
			return Tokens.decoder();
		}

		@Bean
		JwtDecoder other() {
			return Tokens.decoder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpaqueTokens {

		@Bean
		OpaqueTokenIntrospector introspector() {
			return (token) -> {
				if (!token.equals("good")) {
					throw new BadOpaqueTokenException("no");
				}
				return new DefaultOAuth2AuthenticatedPrincipal("ann", Map.of("sub", "ann"), List.of());
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpaqueTokenChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.oauth2ResourceServer((server) -> server.opaqueToken(Customizer.withDefaults()));
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		@Bean
		AuthenticationManagerResolver<HttpServletRequest> tenants() {
			AuthenticationManager manager = new ProviderManager(new JwtAuthenticationProvider(Tokens.decoder()));
			return new JwtIssuerAuthenticationManagerResolver((issuer) -> {
				if (!issuer.equals("https://issuer.test")) {
					throw new BadCredentialsException("a stranger");
				}
				return manager;
			});
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http, AuthenticationManagerResolver<HttpServletRequest> tenants)
				throws Exception {
			http.oauth2ResourceServer((server) -> server.authenticationManagerResolver(tenants));
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TenantsByRequest {

		@Bean
		AuthenticationManagerResolver<HttpServletRequest> tenants() {
			return (request) -> {
				if (!request.getServerName().equals("tenant.test")) {
					throw new BadCredentialsException("a stranger");
				}
				return Authenticating::verified;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PasswordProvider {

		@Bean
		AuthenticationProvider passwords() {
			return provider(UsernamePasswordAuthenticationToken.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherPasswordProvider {

		@Bean
		AuthenticationProvider legacy() {
			return provider(UsernamePasswordAuthenticationToken.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TokenProvider {

		@Bean
		AuthenticationProvider tokens() {
			return provider(BearerTokenAuthenticationToken.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RememberMe {

		@Bean
		AuthenticationProvider rememberMe() {
			return new RememberMeAuthenticationProvider("key");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Manager {

		@Bean
		AuthenticationManager manager() {
			return Authenticating::verified;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoManagers {

		@Bean
		AuthenticationManager one() {
			return Authenticating::verified;
		}

		@Bean
		AuthenticationManager other() {
			return Authenticating::verified;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryManager {

		@Bean
		@Primary
		AuthenticationManager preferred() {
			return Authenticating::verified;
		}

	}

	/** One that does not know what it is shown, and does not say so. */
	@Configuration(proxyBeanMethods = false)
	static class ManagerThatVerifiesNothing {

		@Bean
		AuthenticationManager manager() {
			return (credentials) -> credentials;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users(PasswordEncoder encoder) {
			return new InMemoryUserDetailsManager(user("ann", encoder));
		}

		@Bean
		PasswordEncoder encoder() {
			return new BCryptPasswordEncoder(4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherUsers {

		@Bean
		UserDetailsService otherUsers(PasswordEncoder encoder) {
			return new InMemoryUserDetailsManager(user("bob", encoder));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FormLogin {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.formLogin(Customizer.withDefaults());
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChainWithoutBasic {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.httpBasic((basic) -> basic.disable());
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChainWithItsOwnManager {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.httpBasic(Customizer.withDefaults())
				.authenticationManager(Authenticating::verified)
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChainsWithTheirOwnProviders {

		@Bean
		SecurityFilterChain api(HttpSecurity http) throws Exception {
			http.securityMatcher("/api/**")
				.httpBasic(Customizer.withDefaults())
				.authenticationProvider(provider(UsernamePasswordAuthenticationToken.class));
			return locked(http);
		}

		@Bean
		SecurityFilterChain pages(HttpSecurity http) throws Exception {
			http.formLogin(Customizer.withDefaults()).rememberMe((remember) -> remember.userDetailsService((name) -> {
				throw new IllegalStateException();
			})).authenticationProvider(provider(UsernamePasswordAuthenticationToken.class));
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CertificateChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.x509((x509) -> x509.userDetailsService((name) -> User.withUsername(name).password("").build()));
			return locked(http);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneTimeTokens {

		@Bean
		OneTimeTokenService oneTimeTokens() {
			return new InMemoryOneTimeTokenService();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenHttp {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveJwt {

		@Bean
		ReactiveJwtDecoder decoder() {
			return (token) -> Mono.fromCallable(() -> Tokens.decoder().decode(token));
		}

	}

	/** One whose keys never come. */
	@Configuration(proxyBeanMethods = false)
	static class StalledReactiveJwt {

		@Bean
		ReactiveJwtDecoder decoder() {
			return (token) -> Mono.never();
		}

	}

	/** One whose keys cannot be had. */
	@Configuration(proxyBeanMethods = false)
	static class BrokenReactiveJwt {

		@Bean
		ReactiveJwtDecoder decoder() {
			return (token) -> Mono.error(new JwtException("no keys"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveOpaqueTokens {

		@Bean
		ReactiveOpaqueTokenIntrospector introspector() {
			return (token) -> token.equals("good")
					? Mono.just(new DefaultOAuth2AuthenticatedPrincipal("ann", Map.of("sub", "ann"), List.of()))
					: Mono.error(new BadOpaqueTokenException("no"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveTenants {

		@Bean
		JwtIssuerReactiveAuthenticationManagerResolver tenants() {
			ReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(
					(token) -> Mono.fromCallable(() -> Tokens.decoder().decode(token)));
			return new JwtIssuerReactiveAuthenticationManagerResolver(
					(issuer) -> issuer.equals("https://issuer.test") ? Mono.just(manager) : Mono.empty());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveManager {

		@Bean
		ReactiveAuthenticationManager manager() {
			return (credentials) -> Mono.fromCallable(() -> verified(credentials));
		}

	}

	/** One that knows nobody, and does not say so. */
	@Configuration(proxyBeanMethods = false)
	static class EmptyReactiveManager {

		@Bean
		ReactiveAuthenticationManager manager() {
			return (credentials) -> Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveUsers {

		@Bean
		ReactiveUserDetailsService users(PasswordEncoder encoder) {
			return new MapReactiveUserDetailsService(user("ann", encoder));
		}

		@Bean
		PasswordEncoder encoder() {
			return new BCryptPasswordEncoder(4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveChainWithItsOwnManager {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.authenticationManager((credentials) -> Mono.fromCallable(() -> verified(credentials)))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByHand {

		@Bean
		HandshakeAuthentication keys() {
			return new HandshakeAuthentication() {

				@Override
				public @Nullable Authentication credentials(HandshakeRequest request, HandshakeChain handshake) {
					return request.headers()
						.first("X-Api-Key")
						.map((key) -> new TestingAuthenticationToken("ann", key))
						.orElse(null);
				}

				@Override
				public Authentication authenticate(Authentication credentials) {
					if (!"k-123".equals(credentials.getCredentials())) {
						throw new BadCredentialsException("no");
					}
					return ann();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RulesForAnybody {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/secret").permitAll().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RulesForUsers {

		@Bean
		EndpointAuthorization rules() {
			return EndpointAuthorization.builder().endpoints("/**").hasAnyRole("USER").build();
		}

	}

}
