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
 * Who may open sessions of which endpoint: the first rule for an endpoint's path counts,
 * and without one whoever is authenticated. Immutable. A bean of this type replaces the
 * rules that the properties make.
 */
public final class EndpointAuthorization {

	/** What counts for an endpoint that there is no rule for. */
	private static final EndpointRule OTHERWISE = new EndpointRule("/**",
			AuthenticatedAuthorizationManager.authenticated(), true);

	private final List<EndpointRule> rules;

	EndpointAuthorization(List<EndpointRule> rules) {
		this.rules = List.copyOf(rules);
	}

	/**
	 * A builder of rules.
	 * @return a builder without any
	 */
	public static EndpointAuthorizationBuilder builder() {
		return new EndpointAuthorizationBuilder();
	}

	/** Whether a client may open a session. */
	boolean allows(String endpoint, Supplier<Authentication> client, HandshakeRequest request) {
		AuthorizationResult result = ruleFor(endpoint).manager().authorize(client, request);
		return result == null || result.isGranted();
	}

	private EndpointRule ruleFor(String endpoint) {
		return this.rules.stream().filter((rule) -> rule.matches(endpoint)).findFirst().orElse(OTHERWISE);
	}

	/**
	 * Finds the endpoints that only clients who have shown who they are can connect to.
	 * What an {@link AuthorizationManager} of the application's own decides about is none
	 * of them, as that may look at something else.
	 * @param endpoints the paths of endpoints
	 * @return those of them
	 */
	public List<String> askingWho(Collection<String> endpoints) {
		return endpoints.stream().filter((endpoint) -> ruleFor(endpoint).asksWho()).toList();
	}

	/**
	 * Checks that each rule is about an endpoint, or about all.
	 * @param endpoints the paths of all endpoints
	 * @throws IllegalStateException if one is not, most likely by a slip of the pen
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
