package io.wsboot.spring.security;

import java.util.List;

import io.wsboot.HandshakeRequest;

/**
 * The {@code Authorization} field (RFC 9110 §11.6.2).
 */
final class AuthorizationField {

	private AuthorizationField() {
	}

	/**
	 * Returns the credentials that a request presents under an authentication scheme.
	 * @param request the handshake
	 * @param scheme the scheme, in any case of letters
	 * @return the credentials, which may be an empty string; an empty list if there is no
	 * such field
	 * @throws AmbiguousCredentialsException if there is more than one field, whatever
	 * their schemes
	 */
	static List<String> credentials(HandshakeRequest request, String scheme) {
		List<String> fields = request.headers().all("Authorization");
		if (fields.size() > 1) {
			throw new AmbiguousCredentialsException("more than one Authorization field (RFC 9110 §5.3)");
		}
		return fields.stream()
			.map((value) -> value.split(" ", 2))
			.filter((parts) -> parts[0].equalsIgnoreCase(scheme))
			.map((parts) -> (parts.length > 1) ? parts[1].strip() : "")
			.toList();
	}

}
