package io.wsboot.spring.security;

import io.wsboot.HandshakeRequest;

import org.springframework.security.authorization.AuthorizationManager;

/**
 * A rule about who may open sessions of some endpoints.
 *
 * @param path the path of an endpoint as registered, or a path that ends in {@code /**}
 * for all endpoints below
 * @param manager decides
 * @param asksWho whether the manager lets only authenticated clients in
 */
record EndpointRule(String path, AuthorizationManager<HandshakeRequest> manager, boolean asksWho) {

	private static final String ALL_BELOW = "/**";

	/** Whether the rule is about all endpoints, whatever their paths. */
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
