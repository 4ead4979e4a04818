package io.wsboot.spring.security;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.wsboot.HandshakeRequest;

import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * Decides which clients may open sessions of which endpoints. The first rule for an
 * endpoint's path decides; without a rule, every authenticated client may. Immutable. A
 * bean of this type replaces the rules that the properties make.
 */
public final class EndpointAuthorization {

	/** The rule for endpoints without a rule of their own. */
	private static final EndpointRule OTHERWISE = new EndpointRule("/**",
			AuthenticatedAuthorizationManager.authenticated(), true);

	private final List<EndpointRule> rules;

	EndpointAuthorization(List<EndpointRule> rules) {
		this.rules = List.copyOf(rules);
	}

	/**
	 * Returns a builder without rules.
	 * @return a new builder
	 */
	public static EndpointAuthorizationBuilder builder() {
		return new EndpointAuthorizationBuilder();
	}

	/** Whether a client may open a session of an endpoint. */
	boolean allows(String endpoint, Supplier<Authentication> client, HandshakeRequest request) {
		AuthorizationResult result = ruleFor(endpoint).manager().authorize(client, request);
		return result == null || result.isGranted();
	}

	private EndpointRule ruleFor(String endpoint) {
		return this.rules.stream().filter((rule) -> rule.matches(endpoint)).findFirst().orElse(OTHERWISE);
	}

	/**
	 * Selects the endpoints that only authenticated clients can connect to. Endpoints for
	 * which an {@link AuthorizationManager} of the application decides are not selected,
	 * as that manager may look at something else.
	 * @param endpoints the paths of endpoints
	 * @return the selected paths
	 */
	public List<String> askingWho(Collection<String> endpoints) {
		return endpoints.stream().filter((endpoint) -> ruleFor(endpoint).asksWho()).toList();
	}

	/**
	 * Checks that each rule is about an endpoint, or about all.
	 * @param endpoints the paths of all endpoints
	 * @throws IllegalStateException if a rule is about none of them, most likely by a
	 * typing error
	 */
	public void check(Collection<String> endpoints) {
		for (EndpointRule rule : this.rules) {
			if (!rule.isForAll() && endpoints.stream().noneMatch(rule::matches)) {
				throw new IllegalStateException("a rule says who may connect to '" + rule.path()
						+ "', but there is no such endpoint: write the path as in @WsEndpoint, one of " + endpoints);
			}
		}
	}

}
