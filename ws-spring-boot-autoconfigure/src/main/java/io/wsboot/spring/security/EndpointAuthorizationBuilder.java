package io.wsboot.spring.security;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.HandshakeRequest;

import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;

/**
 * Collects the rules of an {@link EndpointAuthorization}; earlier rules take precedence.
 * Not thread-safe.
 */
public final class EndpointAuthorizationBuilder {

	private final List<EndpointRule> rules = new ArrayList<>();

	EndpointAuthorizationBuilder() {
	}

	/**
	 * Begins a rule.
	 * @param paths the endpoints' paths as registered, such as {@code /chat/{room}}, or
	 * ending in {@code /**} for all endpoints below
	 * @return the rule, which must be completed by saying who may open sessions
	 */
	public Rule endpoints(String... paths) {
		return new Rule(List.of(paths));
	}

	/**
	 * Builds the authorization.
	 * @return the rules so far
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
		 * Lets every client open sessions. Credentials that a client presents must be
		 * right all the same.
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder permitAll() {
			return access((client, request) -> new AuthorizationDecision(true));
		}

		/**
		 * Lets authenticated clients open sessions, as without a rule.
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder authenticated() {
			return rule(AuthenticatedAuthorizationManager.authenticated(), true);
		}

		/**
		 * Lets clients with one of some roles open sessions.
		 * @param roles the names of the roles, without {@code ROLE_}
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder hasAnyRole(String... roles) {
			return rule(AuthorityAuthorizationManager.hasAnyRole(roles), true);
		}

		/**
		 * Lets clients with one of some authorities open sessions.
		 * @param authorities the names of the authorities, such as {@code SCOPE_chat}
		 * @return the builder
		 */
		public EndpointAuthorizationBuilder hasAnyAuthority(String... authorities) {
			return rule(AuthorityAuthorizationManager.hasAnyAuthority(authorities), true);
		}

		/**
		 * Lets a manager decide who may open sessions.
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
