package io.wsboot.spring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Says of an application that cannot authenticate WebSocket clients which of its beans
 * authenticate HTTP requests, and why each is no help on a port of its own. Types are
 * named by their names, as most are optional.
 *
 * @param beans where to look
 * @param properties what the application allows
 */
record UnusedAuthentication(ListableBeanFactory beans, WsServerProperties.Security properties) {

	private static final String SECURITY = "org.springframework.security.";

	private static final String BASIC = PropertiesMapping.PREFIX + "security.basic";

	private static final String BEARER = PropertiesMapping.PREFIX + "security.bearer";

	private static final String SESSION = "who has logged in is remembered in an HttpSession (a WebSession in reactive "
			+ "applications), whose cookie says nothing on the WebSocket server's own port: let pages show a token or a ticket";

	private static final String CHAIN = "only the chain knows what it verifies credentials with: declare that as a bean";

	private static final String REQUEST = ", and there is none on the WebSocket server's own port: declare an "
			+ "AuthenticationManager or a HandshakeAuthentication";

	/** What could be used, and the property that allows it. */
	private static final Map<String, String> USABLE = usable();

	/** What logs in people, or belongs to that. */
	private static final Map<String, String> LOGINS = logins();

	/** What a chain authenticates with, by the names of its filters. */
	private static final Map<String, String> FILTERS = filters();

	private static Map<String, String> usable() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("oauth2.jwt.JwtDecoder", BEARER);
		types.put("oauth2.server.resource.introspection.OpaqueTokenIntrospector", BEARER);
		types.put("oauth2.jwt.ReactiveJwtDecoder", BEARER);
		types.put("oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector", BEARER);
		types.put("authentication.AuthenticationManager", BASIC + "=false or " + BEARER);
		types.put("authentication.ReactiveAuthenticationManager", BASIC + "=false or " + BEARER);
		types.put("core.userdetails.UserDetailsService", BASIC);
		types.put("core.userdetails.ReactiveUserDetailsService", BASIC);
		return types;
	}

	private static Map<String, String> logins() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("oauth2.client.registration.ClientRegistrationRepository", "OAuth2 login");
		types.put("oauth2.client.registration.ReactiveClientRegistrationRepository", "OAuth2 login");
		types.put("saml2.provider.service.registration.RelyingPartyRegistrationRepository", "SAML 2.0 login");
		types.put("authentication.ott.OneTimeTokenService", "login with one-time tokens");
		types.put("authentication.ott.reactive.ReactiveOneTimeTokenService", "login with one-time tokens");
		types.put("web.webauthn.management.UserCredentialRepository", "login with passkeys");
		types.put("web.authentication.RememberMeServices", "remember-me");
		return types;
	}

	private static Map<String, String> filters() {
		Map<String, String> names = new LinkedHashMap<>();
		names.put("BasicAuthenticationFilter", "HTTP Basic");
		names.put("DigestAuthenticationFilter", "HTTP Digest");
		names.put("BearerTokenAuthenticationFilter", "bearer tokens");
		names.put("X509AuthenticationFilter", "X.509 certificates");
		names.put("RequestHeaderAuthenticationFilter", "a header field of a proxy's");
		names.put("UsernamePasswordAuthenticationFilter", "form login");
		names.put("OAuth2LoginAuthenticationFilter", "OAuth2 login");
		names.put("Saml2WebSsoAuthenticationFilter", "SAML 2.0 login");
		names.put("OneTimeTokenAuthenticationFilter", "login with one-time tokens");
		names.put("WebAuthnAuthenticationFilter", "login with passkeys");
		names.put("CasAuthenticationFilter", "CAS login");
		names.put("RememberMeAuthenticationFilter", "remember-me");
		return names;
	}

	/** What there is, one sentence for each. */
	List<String> findings() {
		List<String> findings = new ArrayList<>();
		USABLE.forEach((type, property) -> beansOf(type, (names) -> usable(names, property), findings));
		beansOf("authentication.AuthenticationProvider", UnusedAuthentication::providers, findings);
		beansOf("authentication.AuthenticationManagerResolver",
				(names) -> "which chooses by the HttpServletRequest" + REQUEST, findings);
		beansOf("authentication.ReactiveAuthenticationManagerResolver",
				(names) -> "which chooses by the ServerWebExchange" + REQUEST, findings);
		LOGINS.forEach((type, login) -> beansOf(type, (names) -> "for " + login + "; " + SESSION, findings));
		names("web.SecurityFilterChain").forEach((name) -> findings.add(chain(name)));
		beansOf("web.server.SecurityWebFilterChain", (names) -> CHAIN, findings);
		return findings;
	}

	private void beansOf(String type, Function<List<String>, String> reason, List<String> findings) {
		List<String> names = names(type);
		if (!names.isEmpty()) {
			findings.add(type.substring(type.lastIndexOf('.') + 1)
					+ names.stream().map((name) -> " '" + name + "'").collect(Collectors.joining(" and")) + ", "
					+ reason.apply(names));
		}
	}

	private String usable(List<String> names, String property) {
		if (names.size() > 1) {
			return "none of which is @Primary, so that it is not clear which one counts";
		}
		return (property.equals(BEARER) && this.properties.bearer())
				? "which cannot be used without spring-security-oauth2-resource-server on the class path"
				: "which " + property + "=false forbids to use";
	}

	private static String providers(List<String> names) {
		return (names.size() > 1)
				? "of which not exactly one supports user names with passwords, or bearer tokens: declare an "
						+ "AuthenticationManager that asks them in the right order"
				: "which supports neither user names with passwords nor bearer tokens, or which " + BASIC + "=false or "
						+ BEARER + "=false forbids to use";
	}

	private String chain(String name) {
		String ways = ways(this.beans.getBean(name));
		StringBuilder finding = new StringBuilder("SecurityFilterChain '").append(name).append('\'');
		finding.append(ways.isEmpty() ? "; " : " with " + ways + "; ").append(CHAIN);
		if (ways.contains("login") || ways.contains("remember-me")) {
			finding.append("; ").append(SESSION);
		}
		if (ways.contains("X.509")) {
			finding.append("; certificates are looked at with ")
				.append(PropertiesMapping.PREFIX)
				.append("security.client-certificate=true, if ")
				.append(PropertiesMapping.PREFIX)
				.append("ssl.client-auth asks for them");
		}
		return finding.toString();
	}

	private static String ways(Object chain) {
		BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(chain);
		if (properties.isReadableProperty("filters")
				&& properties.getPropertyValue("filters") instanceof List<?> filters) {
			return filters.stream()
				.flatMap((filter) -> Stream.ofNullable(FILTERS.get(filter.getClass().getSimpleName())))
				.distinct()
				.collect(Collectors.joining(", "));
		}
		return "";
	}

	private List<String> names(String type) {
		ClassLoader loader = ClassUtils.getDefaultClassLoader();
		return ClassUtils.isPresent(SECURITY + type, loader) ? List.of(BeanFactoryUtils
			.beanNamesForTypeIncludingAncestors(this.beans, ClassUtils.resolveClassName(SECURITY + type, loader)))
				: List.of();
	}

}
