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
 * Lists the beans that authenticate HTTP requests in an application that cannot
 * authenticate WebSocket clients, and says why each bean does not help on a port of its
 * own. The types are looked up by name, as most are optional.
 *
 * @param beans the bean factory of the context
 * @param properties the properties of security
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

	/** Types that the server can use, and the property that disables each. */
	private static final Map<String, String> USABLE = table(
	// @formatter:off
			"oauth2.jwt.JwtDecoder", BEARER,
			"oauth2.server.resource.introspection.OpaqueTokenIntrospector", BEARER,
			"oauth2.jwt.ReactiveJwtDecoder", BEARER,
			"oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector", BEARER,
			"authentication.AuthenticationManager", BASIC + "=false or " + BEARER,
			"authentication.ReactiveAuthenticationManager", BASIC + "=false or " + BEARER,
			"core.userdetails.UserDetailsService", BASIC,
			"core.userdetails.ReactiveUserDetailsService", BASIC);
	// @formatter:on

	/** Types that belong to a login of people, and the login's name. */
	private static final Map<String, String> LOGINS = table(
	// @formatter:off
			"oauth2.client.registration.ClientRegistrationRepository", "OAuth2 login",
			"oauth2.client.registration.ReactiveClientRegistrationRepository", "OAuth2 login",
			"saml2.provider.service.registration.RelyingPartyRegistrationRepository", "SAML 2.0 login",
			"authentication.ott.OneTimeTokenService", "login with one-time tokens",
			"authentication.ott.reactive.ReactiveOneTimeTokenService", "login with one-time tokens",
			"web.webauthn.management.UserCredentialRepository", "login with passkeys",
			"web.authentication.RememberMeServices", "remember-me");
	// @formatter:on

	/** Filters of a chain, and what each authenticates with. */
	private static final Map<String, String> FILTERS = table(
	// @formatter:off
			"BasicAuthenticationFilter", "HTTP Basic",
			"DigestAuthenticationFilter", "HTTP Digest",
			"BearerTokenAuthenticationFilter", "bearer tokens",
			"X509AuthenticationFilter", "X.509 certificates",
			"RequestHeaderAuthenticationFilter", "a header field of a proxy's",
			"UsernamePasswordAuthenticationFilter", "form login",
			"OAuth2LoginAuthenticationFilter", "OAuth2 login",
			"Saml2WebSsoAuthenticationFilter", "SAML 2.0 login",
			"OneTimeTokenAuthenticationFilter", "login with one-time tokens",
			"WebAuthnAuthenticationFilter", "login with passkeys",
			"CasAuthenticationFilter", "CAS login",
			"RememberMeAuthenticationFilter", "remember-me");
	// @formatter:on

	private static Map<String, String> table(String... pairs) {
		Map<String, String> table = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			table.put(pairs[i], pairs[i + 1]);
		}
		return table;
	}

	/** One sentence for each bean. */
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
