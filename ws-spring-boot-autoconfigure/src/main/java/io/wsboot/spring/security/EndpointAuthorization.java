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

	private static final AuthorizationManager<HandshakeRequest> AUTHENTICATED = AuthenticatedAuthorizationManager
		.authenticated();

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
		AuthorizationManager<HandshakeRequest> manager = this.rules.stream()
			.filter((rule) -> rule.matches(endpoint))
			.findFirst()
			.map(EndpointRule::manager)
			.orElse(AUTHENTICATED);
		AuthorizationResult result = manager.authorize(client, request);
		return result == null || result.isGranted();
	}

	/**
	 * Checks that each rule is about an endpoint.
	 * @param endpoints the paths of all endpoints
	 * @throws IllegalStateException if one is not, most likely by a slip of the pen
	 */
	public void check(Collection<String> endpoints) {
		for (EndpointRule rule : this.rules) {
			if (endpoints.stream().noneMatch(rule::matches)) {
				throw new IllegalStateException("a rule says who may connect to '" + rule.path()
						+ "', but there is no such endpoint: write the path as in @WsEndpoint, one of " + endpoints);
			}
		}
	}

}
