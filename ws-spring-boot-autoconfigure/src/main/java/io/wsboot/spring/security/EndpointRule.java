package io.wsboot.spring.security;

import io.wsboot.HandshakeRequest;

import org.springframework.security.authorization.AuthorizationManager;

/**
 * Who may open sessions of some endpoints.
 *
 * @param path an endpoint's path as it was registered, or one that ends in {@code /**}
 * for all below
 * @param manager decides
 * @param asksWho whether only clients who have shown who they are can be let in
 */
record EndpointRule(String path, AuthorizationManager<HandshakeRequest> manager, boolean asksWho) {

	private static final String ALL_BELOW = "/**";

	/** Whether it is about every endpoint there may ever be. */
	boolean isForAll() {
		return this.path.equals(ALL_BELOW);
	}

	boolean matches(String endpoint) {
		if (this.path.endsWith(ALL_BELOW)) {
			String parent = this.path.substring(0, this.path.length() - ALL_BELOW.length());
			return endpoint.equals(parent) || endpoint.startsWith(parent + "/");
		}
		return endpoint.equals(this.path);
	}

}
