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
	 * What a request shows under a scheme.
	 * @param request the handshake
	 * @param scheme the scheme, in any case
	 * @return what stands behind it, possibly nothing; empty if there is no such field
	 * @throws AmbiguousCredentialsException if there is more than one field, of whatever
	 * schemes
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
