package io.wsboot.spring.security;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.HandshakeRequest;

import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;

/**
 * Collects the rules of an {@link EndpointAuthorization}, the most important first. Not
 * thread-safe.
 */
public final class EndpointAuthorizationBuilder {

	private final List<EndpointRule> rules = new ArrayList<>();

	EndpointAuthorizationBuilder() {
	}

	/**
	 * Begins a rule.
	 * @param paths of endpoints as they were registered, such as {@code /chat/{room}}; or
	 * ending in {@code /**} for all below
	 * @return asks who may open sessions of these
	 */
	public Rule endpoints(String... paths) {
		return new Rule(List.of(paths));
	}

	/**
	 * The rules.
	 * @return the rules
	 */
	public EndpointAuthorization build() {
		return new EndpointAuthorization(this.rules);
	}

	/** A rule that has been begun. */
	public final class Rule {

		private final List<String> paths;

		private Rule(List<String> paths) {
			this.paths = paths;
		}

		/**
		 * Anybody may. Credentials that are shown must be right all the same.
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder permitAll() {
			return access((client, request) -> new AuthorizationDecision(true));
		}

		/**
		 * Whoever has shown who it is, as where there is no rule.
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder authenticated() {
			return rule(AuthenticatedAuthorizationManager.authenticated(), true);
		}

		/**
		 * Whoever has one of some roles.
		 * @param roles their names without {@code ROLE_}
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder hasAnyRole(String... roles) {
			return rule(AuthorityAuthorizationManager.hasAnyRole(roles), true);
		}

		/**
		 * Whoever has one of some authorities.
		 * @param authorities their names, such as {@code SCOPE_chat}
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder hasAnyAuthority(String... authorities) {
			return rule(AuthorityAuthorizationManager.hasAnyAuthority(authorities), true);
		}

		/**
		 * Whoever a manager says.
		 * @param manager decides; may block
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder access(AuthorizationManager<HandshakeRequest> manager) {
			return rule(manager, false);
		}

		private EndpointAuthorizationBuilder rule(AuthorizationManager<HandshakeRequest> manager, boolean asksWho) {
			EndpointAuthorizationBuilder builder = EndpointAuthorizationBuilder.this;
			this.paths.forEach((path) -> builder.rules.add(new EndpointRule(path, manager, asksWho)));
			return builder;
		}

	}

}
